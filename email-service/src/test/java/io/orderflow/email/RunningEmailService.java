package io.orderflow.email;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.testkit.EventProbe;
import io.orderflow.messaging.testkit.servers.PostgresServer;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.http.MediaType;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The whole service on a real PostgreSQL, with a broker in this JVM; all tests that extend this share it. */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"messaging.broker=memory", "management.server.port=0"})
public abstract class RunningEmailService {

    /** What came back. */
    public record Response(int status, MediaType type, JsonNode json) {}

    private static final String DATABASE = PostgresServer.find().createFreshDatabase("email");
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @LocalServerPort
    private int port;

    @Autowired
    private MessageBroker broker;

    protected EventProbe probe;

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> DATABASE);
        properties.add("spring.datasource.username", () -> PostgresServer.USER);
        properties.add("spring.datasource.password", () -> PostgresServer.PASSWORD);
    }

    @BeforeEach
    void openProbe() {
        probe = new EventProbe(broker, "orders.email.dlq", "shipping.email.dlq");
    }

    @AfterEach
    void closeProbe() {
        probe.close();
    }

    protected Response get(String path) {
        return RestClient.create()
                .get()
                .uri(URI.create("http://localhost:" + port + path))
                .exchange((request, response) -> new Response(
                        response.getStatusCode().value(),
                        response.getHeaders().getContentType(),
                        JSON.readTree(response.getBody())));
    }
}

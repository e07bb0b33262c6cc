package io.orderflow.messaging.testkit.service;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.messaging.testkit.EventProbe;
import io.orderflow.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.test.context.DynamicPropertyRegistry;
import org.springframework.test.context.DynamicPropertySource;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a test extends that wants the whole service, on a real PostgreSQL and with a broker in this JVM. The service is the
 * one whose {@code @SpringBootApplication} is in the test's package or above; tests with equal settings share it, and
 * its database.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"messaging.broker=memory", "management.server.port=0"})
public abstract class RunningService {

    private static final String DATABASE = PostgresServer.find().createFreshDatabase("service");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String[] watched;

    @Value("${local.server.port}")
    private int port;

    @Autowired
    private MessageBroker broker;

    @Autowired
    private TopicCatalog topics;

    /** Sends what other services send, and reads the topics that the test watches. */
    protected EventProbe probe;

    /** @param watched the topics whose messages the test wants to see */
    protected RunningService(String... watched) {
        this.watched = watched;
    }

    @DynamicPropertySource
    static void database(DynamicPropertyRegistry properties) {
        properties.add("spring.datasource.url", () -> DATABASE);
        properties.add("spring.datasource.username", () -> PostgresServer.USER);
        properties.add("spring.datasource.password", () -> PostgresServer.PASSWORD);
    }

    @BeforeEach
    void openProbe() {
        probe = new EventProbe(broker, topics::topic, watched);
    }

    @AfterEach
    void closeProbe() {
        probe.close();
    }

    /** The port that the service answers at. */
    protected int port() {
        return port;
    }

    /** Asks the service. */
    protected Reply get(String path) {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(PATIENCE)
                .build();
        try {
            HttpResponse<String> response = client.send(request, HttpResponse.BodyHandlers.ofString());
            return new Reply(
                    response.statusCode(),
                    response.headers().firstValue("Content-Type").orElse(""),
                    JSON.readTree(response.body()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + path + " was asked for", e);
        }
    }
}

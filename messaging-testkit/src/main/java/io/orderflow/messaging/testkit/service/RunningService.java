package io.orderflow.messaging.testkit.service;

import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.messaging.testkit.EventProbe;
import java.net.URI;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.context.annotation.Import;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * Base class of tests of a whole service, on a PostgreSQL database and the in-memory broker. Tests with the same
 * configuration share the application context and its database.
 */
@SpringBootTest(
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = {"messaging.broker=memory", "management.server.port=0"})
@Import(TestDatabase.class)
public abstract class RunningService {

    private static final JsonMapper JSON = JsonMapper.shared();

    private final RestClient http = RestClient.create();
    private final String[] watched;

    @Value("${local.server.port}")
    private int port;

    @Autowired
    private Brokers brokers;

    @Autowired
    private TopicCatalog topics;

    /** Sends the events of other services and receives from the watched topics. */
    protected EventProbe probe;

    /** @param watched the topics that {@link #probe} receives from */
    protected RunningService(String... watched) {
        this.watched = watched;
    }

    @BeforeEach
    void openProbe() {
        probe = new EventProbe(brokers.usual().broker(), topics::topic, watched);
    }

    @AfterEach
    void closeProbe() {
        probe.close();
    }

    /** The port of the HTTP API. */
    protected int port() {
        return port;
    }

    /** Sends a GET request to the HTTP API. */
    protected Reply get(String path) {
        return http.get()
                .uri(URI.create("http://localhost:" + port + path))
                .exchange((request, response) ->
                        new Reply(response.getStatusCode().value(), JSON.readTree(response.getBody())));
    }
}

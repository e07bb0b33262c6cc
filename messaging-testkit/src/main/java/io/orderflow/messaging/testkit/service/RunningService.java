package io.orderflow.messaging.testkit.service;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.messaging.testkit.EventProbe;
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
import org.springframework.context.annotation.Import;
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

    private static final Duration TIMEOUT = Duration.ofSeconds(30);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String[] watched;

    @Value("${local.server.port}")
    private int port;

    @Autowired
    private MessageBroker broker;

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
        probe = new EventProbe(broker, topics::topic, watched);
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
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(TIMEOUT)
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
            throw new IllegalStateException("interrupted while waiting for the response to GET " + path, e);
        }
    }
}

package io.orderflow.messaging.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.servers.PostgresServer;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * An application with the library, Spring MVC and Actuator, and nothing of service-starter: no problem+json, no security, lenient
 * JSON with names in snake case. Its one group fails to handle every message.
 */
final class ForeignApplication implements AutoCloseable {

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient http = HttpClient.newHttpClient();
    private final ConfigurableApplicationContext context;

    /** @param properties replace the defaults */
    ForeignApplication(String... properties) {
        this(Map.of(), properties);
    }

    /** @param beans are used by other applications, too, and not closed */
    ForeignApplication(Map<String, Object> beans, String... properties) {
        Map<String, String> settings = new LinkedHashMap<>();
        Stream.concat(
                        Stream.of(
                                // the defaults, which application.properties of the other tests changes
                                "messaging.database.migrate=true",
                                "spring.flyway.enabled=true",
                                "server.port=0",
                                "management.server.port=0",
                                "messaging.broker=memory",
                                "messaging.operations.enabled=true",
                                "spring.application.name=foreign",
                                "spring.jackson.property-naming-strategy=SNAKE_CASE",
                                "spring.datasource.username=" + PostgresServer.USER,
                                "spring.datasource.password=" + PostgresServer.PASSWORD,
                                "spring.datasource.url=" + PostgresServer.find().createFreshDatabase("operations")),
                        Stream.of(properties))
                .map(property -> property.split("=", 2))
                .forEach(property -> settings.put(property[0], property[1]));
        context = new SpringApplicationBuilder(Application.class)
                .initializers(each -> beans.forEach(each.getBeanFactory()::registerSingleton))
                .run(settings.entrySet().stream()
                        .map(each -> "--" + each.getKey() + "=" + each.getValue())
                        .toArray(String[]::new));
    }

    record Response(HttpResponse<String> received) {

        int status() {
            return received.statusCode();
        }

        String header(String name) {
            return received.headers().firstValue(name).orElse("");
        }

        JsonNode json() {
            return JSON.readTree(received.body());
        }

        void assertProblem(int status, String type) {
            assertThat(status()).as(received.body()).isEqualTo(status);
            assertThat(header("content-type")).isEqualTo("application/problem+json");
            assertThat(json().get("type").asString()).isEqualTo("urn:orderflow:problem:" + type);
            assertThat(received.body()).doesNotContain("io.orderflow", "java.", "tools.jackson");
        }

        void assertInvalid(String field, String message) {
            assertProblem(400, "invalid-request");
            JsonNode error = json().at("/errors/0");
            assertThat(error.path("field").asString("")).as(received.body()).isEqualTo(field);
            assertThat(error.path("message").asString("")).isEqualTo(message);
        }
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    JdbcClient jdbc() {
        return bean(JdbcClient.class);
    }

    /** Sends messages, all of which are dead-lettered, and waits until they have been collected. */
    void deadLetter(String... payloads) {
        deadLetter(Stream.of(payloads)
                .map(each -> each.getBytes(StandardCharsets.UTF_8))
                .toArray(byte[][]::new));
    }

    void deadLetter(byte[]... payloads) {
        Topic orders = Topic.named("orders");
        MessageBroker broker = bean(MessageBroker.class);
        broker.declare(orders, "stock");
        for (byte[] payload : payloads) {
            Map<String, String> headers = Map.of(Headers.ID, UUID.randomUUID().toString(), "x", "\ud800");
            broker.producer().send(orders, new Message<>("key", payload, headers, Instant.EPOCH));
        }
        DeadLetters collected = bean(DeadLetters.class);
        await().until(() -> collected.count(DeadLetterFilter.all()) == payloads.length);
    }

    void deleteDeadLetters() {
        jdbc().sql("delete from messaging_dead_letter").update();
    }

    String[] deadLetterIds() {
        return get("/dead-letters").json().get("items").findValuesAsString("id").toArray(String[]::new);
    }

    Response get(String path) {
        return send("local.management.port", "GET", path, null);
    }

    Response onPublicPort(String path) {
        return send("local.server.port", "GET", path, null);
    }

    Response post(String path) {
        return post(path, null);
    }

    Response post(String path, @Nullable String json) {
        return send("local.management.port", "POST", path, json);
    }

    private Response send(String port, String method, String path, @Nullable String json) {
        URI address = URI.create("http://localhost:" + context.getEnvironment().getProperty(port) + path);
        HttpRequest request = HttpRequest.newBuilder(address)
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json))
                .header("Content-Type", "application/json")
                .build();
        try {
            return new Response(http.send(request, BodyHandlers.ofString()));
        } catch (IOException e) {
            throw new AssertionError(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    record Placed(String orderId) {}

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        EventSubscription stock() {
            return EventSubscription.of("orders", "stock")
                    .takingUntyped()
                    .on(Placed.class, "order.placed.v1", (placed, context) -> {
                        throw new IllegalStateException("The shelf is broken.");
                    })
                    .retrying(RetryPolicy.defaults().maxAttempts(1))
                    .replayable();
        }

        @Bean
        OwnApi ownApi() {
            return new OwnApi();
        }
    }

    @RestController
    static class OwnApi {

        record Thing(String displayName) {}

        @GetMapping("/things")
        Thing thing(int number) {
            return new Thing("thing " + number);
        }
    }
}

package io.orderflow.service.security;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
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
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.security.core.userdetails.User;
import org.springframework.security.core.userdetails.UserDetailsService;
import org.springframework.security.crypto.password.PasswordEncoder;
import org.springframework.security.provisioning.InMemoryUserDetailsManager;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A service with one group that handles nothing, started with these properties; asked over HTTP. */
final class RunningApplication implements AutoCloseable {

    static final String OPERATOR = "operator:a good password";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    /** What came back. */
    record Response(int status, Map<String, List<String>> headers, String body) {

        JsonNode json() {
            return JSON.readTree(body);
        }
    }

    final ConfigurableApplicationContext context;
    private final HttpClient http = HttpClient.newHttpClient();

    RunningApplication(String... properties) {
        this(Application.class, properties);
    }

    RunningApplication(Class<?> configuration, String... properties) {
        Map<String, String> settings = new LinkedHashMap<>(Map.of(
                "server.port",
                "0",
                "messaging.broker",
                "memory",
                "spring.datasource.username",
                PostgresServer.USER,
                "spring.datasource.password",
                PostgresServer.PASSWORD,
                "spring.datasource.url",
                PostgresServer.find().createFreshDatabase("operations")));
        for (String property : properties) {
            String[] parts = property.split("=", 2);
            settings.put(parts[0], parts[1]);
        }
        List<String> arguments = new ArrayList<>();
        settings.forEach((name, value) -> arguments.add("--" + name + "=" + value));
        context = new SpringApplicationBuilder(Application.class, configuration)
                .profiles("test")
                .run(arguments.toArray(String[]::new));
    }

    /** Sends what cannot be handled. */
    void poison(String id, byte[] payload) {
        MessageBroker broker = context.getBean(MessageBroker.class);
        broker.declare(Topic.named("orders"), "stock");
        broker.producer()
                .send(
                        Topic.named("orders"),
                        new Message<>("key", payload, Map.of(Headers.ID, id, "x", "\ud800"), Instant.EPOCH));
    }

    Response onPublicPort(String path) {
        return ask("local.server.port", "GET", path, null, null);
    }

    Response get(String path, @Nullable String user) {
        return ask("local.management.port", "GET", path, user, null);
    }

    Response post(String path, @Nullable String user, @Nullable String json, String... headers) {
        return ask("local.management.port", "POST", path, user, json, headers);
    }

    private Response ask(
            String port, String method, String path, @Nullable String user, @Nullable String json, String... headers) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(
                        "http://localhost:" + context.getEnvironment().getProperty(port) + path))
                .method(method, json == null ? BodyPublishers.noBody() : BodyPublishers.ofString(json));
        if (user != null) {
            byte[] bytes = user.getBytes(StandardCharsets.UTF_8);
            request.header("Authorization", "Basic " + Base64.getEncoder().encodeToString(bytes));
        }
        if (json != null) {
            request.header("Content-Type", "application/json");
        }
        if (headers.length > 0) {
            request.headers(headers);
        }
        try {
            HttpResponse<String> response = http.send(request.build(), BodyHandlers.ofString());
            return new Response(response.statusCode(), response.headers().map(), response.body());
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
                    .retrying(RetryPolicy.defaults().maxAttempts(1));
        }

        @Bean
        PublicApi publicApi() {
            return new PublicApi();
        }
    }

    @RestController
    static class PublicApi {

        @GetMapping("/things")
        String things() {
            return "things";
        }
    }

    /** Knows somebody who is no operator. */
    @Configuration
    static class SomebodyElse {

        @Bean
        UserDetailsService users(PasswordEncoder encoder) {
            return new InMemoryUserDetailsManager(User.withUsername("guest")
                    .password(encoder.encode("guest"))
                    .roles("GUEST")
                    .build());
        }
    }
}

package io.orderflow.systemtests;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.runtime.EventRegistry;
import io.orderflow.servers.PostgresServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a running service states about itself.
 *
 * @param name of the service
 * @param registry what it publishes and consumes
 * @param subscriptions the middlewares of each of its subscriptions
 * @param api the OpenAPI document of its API
 * @param events the AsyncAPI document of what it publishes and consumes
 * @param operatorApi the OpenAPI document of its operator API
 */
record ServiceDescription(
        String name,
        EventRegistry registry,
        List<String> subscriptions,
        String api,
        String events,
        String operatorApi) {

    private static final List<String> SERVICES = List.of("order", "inventory", "shipping", "email", "analytics");
    private static final JsonMapper JSON = new JsonMapper();

    private static final class Running {

        static final List<ServiceDescription> ALL = startAll();
    }

    /** Starts each service once in this JVM. */
    static List<ServiceDescription> all() {
        return Running.ALL;
    }

    boolean publishes(String topic) {
        return registry.published().stream().anyMatch(each -> each.topics().contains(topic));
    }

    private static List<ServiceDescription> startAll() {
        List<ServiceDescription> all = new ArrayList<>();
        try (MessageBroker broker = new MemoryBroker()) {
            for (String name : SERVICES) {
                try (ServiceInThisJvm service = start(name, broker)) {
                    all.add(new ServiceDescription(
                            name + "-service",
                            service.events(),
                            service.subscriptions(),
                            document(service, OpenApiConfiguration.SERVICE),
                            JSON.writeValueAsString(AsyncApi.of(service.events())),
                            document(service, OpenApiConfiguration.OPERATOR)));
                }
            }
        }
        return all;
    }

    private static ServiceInThisJvm start(String name, MessageBroker broker) {
        String application =
                name + "." + Character.toUpperCase(name.charAt(0)) + name.substring(1) + "ServiceApplication";
        Map<String, Object> properties = new HashMap<>(Map.of(
                "messaging.broker",
                "memory",
                "server.port",
                0,
                "management.server.port", // the same, so that springdoc finds the operator API
                "",
                "spring.datasource.url",
                PostgresServer.find().createFreshDatabase(name),
                "spring.datasource.username",
                PostgresServer.USER,
                "spring.datasource.password",
                PostgresServer.PASSWORD));
        properties.putAll(Map.of(
                "springdoc.api-docs.enabled", true,
                "springdoc.default-flat-param-object", true,
                "springdoc.default-produces-media-type", "application/json",
                "springdoc.override-with-generic-response", false,
                "springdoc.writer-with-order-by-keys", true));
        return ServiceInThisJvm.start(
                Path.of("..", name + "-service"), application, broker, properties, OpenApiConfiguration.class);
    }

    private static String document(ServiceInThisJvm service, String group) {
        HttpRequest request = HttpRequest.newBuilder(service.address().resolve("/v3/api-docs/" + group))
                .build();
        try {
            HttpResponse<String> response = HttpClient.newHttpClient().send(request, BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}

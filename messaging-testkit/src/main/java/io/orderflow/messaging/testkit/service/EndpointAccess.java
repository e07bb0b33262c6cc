package io.orderflow.messaging.testkit.service;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.client.RestClient;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.RequestMappingInfoHandlerMapping;

/**
 * Which roles may call which endpoints of a running service, found by calling every mapped endpoint with a token of each role. As a bean
 * of a test it learns of the service's port and of the management port.
 */
public final class EndpointAccess implements ApplicationListener<WebServerInitializedEvent> {

    private static final List<String> ROLES = List.of("CUSTOMER", "SERVICE", "READER", "OPERATOR");
    private static final Set<Integer> REFUSED = Set.of(401, 403);

    /** A number or a text; for other path variables the answer is 400 or 404, and no refusal. */
    private static final String VALUE = "1";

    private static final String API = "";

    private final RestClient http = RestClient.create();
    /** By namespace: a context that was paused between test classes starts its servers again, on other ports. */
    private final Map<String, Server> servers = new TreeMap<>();

    private record Server(int port, ApplicationContext context) {}

    private record Endpoint(RequestMethod method, String path, int port) {}

    private record Answer(int status, String body) {}

    @Override
    public void onApplicationEvent(WebServerInitializedEvent event) {
        String namespace = event.getApplicationContext().getServerNamespace();
        servers.put(
                namespace == null ? API : namespace,
                new Server(event.getWebServer().getPort(), event.getApplicationContext()));
    }

    /** The endpoints of the API: {@code GET /orders: customer, operator}, one a line, sorted. */
    public String ofApi() {
        return table(API);
    }

    /** The endpoints of the management port. */
    public String ofManagement() {
        return table("management");
    }

    /** The bodies of the responses of all endpoints to a request with this token and body, and this value for all path variables. */
    public List<String> responses(String token, String value, String json) {
        return servers.values().stream()
                .flatMap(EndpointAccess::endpoints)
                .map(endpoint -> call(endpoint, token, value, json).body())
                .toList();
    }

    private String table(String namespace) {
        return endpoints(servers.get(namespace))
                .distinct()
                .map(this::row)
                .sorted()
                .collect(Collectors.joining("\n", "", "\n"));
    }

    private String row(Endpoint endpoint) {
        String roles = ROLES.stream()
                .filter(role -> isAllowed(endpoint, TestTokens.of(role, "mallory")))
                .map(String::toLowerCase)
                .collect(Collectors.joining(", "));
        String who = isAllowed(endpoint, null) ? "everybody" : roles.isEmpty() ? "nobody" : roles;
        return endpoint.method() + " " + endpoint.path() + ": " + who;
    }

    private boolean isAllowed(Endpoint endpoint, @Nullable String token) {
        return !REFUSED.contains(call(endpoint, token, VALUE, "").status());
    }

    private Answer call(Endpoint endpoint, @Nullable String token, String value, String json) {
        URI uri = URI.create(
                "http://localhost:" + endpoint.port() + endpoint.path().replaceAll("\\{[^}]+}", value));
        RestClient.RequestBodySpec request =
                http.method(HttpMethod.valueOf(endpoint.method().name())).uri(uri);
        if (token != null) {
            request.header(HttpHeaders.AUTHORIZATION, "Bearer " + token);
        }
        if (!json.isEmpty() && endpoint.method() != RequestMethod.GET) {
            request.contentType(MediaType.APPLICATION_JSON).body(json);
        }
        return request.exchange((sent, response) -> new Answer(
                response.getStatusCode().value(), new String(response.getBody().readAllBytes(), UTF_8)));
    }

    private static Stream<Endpoint> endpoints(Server server) {
        return server.context().getBeansOfType(RequestMappingInfoHandlerMapping.class).values().stream()
                .map(mapping -> mapping.getHandlerMethods().keySet())
                .flatMap(Collection::stream)
                .flatMap(mapping -> endpoints(mapping, server.port()));
    }

    private static Stream<Endpoint> endpoints(RequestMappingInfo mapping, int port) {
        Set<RequestMethod> methods = mapping.getMethodsCondition().getMethods();
        return mapping.getPatternValues().stream()
                .flatMap(path -> (methods.isEmpty() ? Set.of(RequestMethod.GET, RequestMethod.POST) : methods)
                        .stream().map(method -> new Endpoint(method, path, port)));
    }
}

package io.orderflow.localstack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.MediaType;
import org.springframework.http.client.ClientHttpResponse;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A JSON client of one port of a service. An error response becomes a {@link StackException} with the service's reason. */
public final class ServiceClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(10);

    private final String name;
    private final URI address;
    private final RestClient http;

    /** @param credentials null for a port without authentication */
    ServiceClient(String name, URI address, @Nullable Credentials credentials) {
        this.name = name;
        this.address = address;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build());
        requests.setReadTimeout(READ_TIMEOUT);
        RestClient.Builder builder = RestClient.builder()
                .requestFactory(requests)
                .defaultStatusHandler(HttpStatusCode::isError, (request, response) -> {
                    throw new StackException(name + ": " + reason(response));
                });
        if (credentials != null) {
            builder.requestInterceptor((request, body, next) -> {
                credentials.addTo(request.getHeaders());
                return next.execute(request, body);
            });
        }
        http = builder.build();
    }

    public JsonNode get(String path) {
        return send(http.get().uri(address.resolve(path)));
    }

    public JsonNode post(String path) {
        return send(http.post().uri(address.resolve(path)));
    }

    public JsonNode post(String path, Map<String, ?> body) {
        return send(http.post()
                .uri(address.resolve(path))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body));
    }

    public JsonNode put(String path, Map<String, ?> body) {
        return send(http.put()
                .uri(address.resolve(path))
                .contentType(MediaType.APPLICATION_JSON)
                .body(body));
    }

    public void delete(String path) {
        http.delete().uri(address.resolve(path)).retrieve().toBodilessEntity();
    }

    private JsonNode send(RestClient.RequestHeadersSpec<?> request) {
        try {
            return request.retrieve().requiredBody(JsonNode.class);
        } catch (ResourceAccessException e) {
            throw new StackException(
                    name + " does not answer at " + address + ". Is it running, and is this its port? ./orderflow up"
                            + " starts a stack.",
                    e);
        }
    }

    private static String reason(ClientHttpResponse response) throws IOException {
        String otherwise = "answered " + response.getStatusCode().value();
        try {
            JsonNode problem = JSON.readTree(response.getBody().readAllBytes());
            JsonNode errors = problem.path("errors");
            // with errors of single parameters, the detail only refers to them
            return errors.isEmpty()
                    ? problem.path("detail").asString(otherwise)
                    : errors.valueStream().map(ServiceClient::error).collect(Collectors.joining("; "));
        } catch (JacksonException e) {
            return otherwise;
        }
    }

    private static String error(JsonNode error) {
        return error.path("field").asString("") + " " + error.path("message").asString("is refused");
    }
}

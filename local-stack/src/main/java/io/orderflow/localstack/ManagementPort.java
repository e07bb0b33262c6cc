package io.orderflow.localstack;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Asks one service over its management port, as an operator. */
final class ManagementPort {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(3)).build();
    private final Service service;
    private final URI address;
    private final Operator operator;

    ManagementPort(Service service, URI address, Operator operator) {
        this.service = service;
        this.address = address;
        this.operator = operator;
    }

    Service service() {
        return service;
    }

    JsonNode get(String path) {
        return send(request(path));
    }

    JsonNode post(String path) {
        return send(request(path).POST(BodyPublishers.noBody()));
    }

    JsonNode post(String path, Map<String, Object> body) {
        return send(request(path)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(JSON.writeValueAsBytes(body))));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(address.resolve(path))
                .timeout(TIMEOUT)
                .header("Authorization", operator.authorization());
    }

    private JsonNode send(HttpRequest.Builder builder) {
        HttpRequest request = builder.build();
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() / 100 != 2) {
                throw new StackException(service.module() + ": " + problem(response));
            }
            return JSON.readTree(response.body());
        } catch (IOException e) {
            throw new StackException(
                    service.module() + " does not answer at " + address + ". Does it run, and is this its port?", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted", e);
        }
    }

    private static String problem(HttpResponse<byte[]> response) {
        try {
            JsonNode problem = JSON.readTree(response.body());
            // what is wrong with a parameter stands beside the detail, which only points there
            return !problem.path("errors").isEmpty()
                    ? problem.get("errors")
                            .valueStream()
                            .map(ManagementPort::error)
                            .collect(Collectors.joining("; "))
                    : problem.path("detail").asString("answered " + response.statusCode());
        } catch (JacksonException e) {
            return "answered " + response.statusCode();
        }
    }

    private static String error(JsonNode error) {
        return error.path("field").asString("") + " " + error.path("message").asString("is refused");
    }
}

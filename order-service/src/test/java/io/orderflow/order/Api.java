package io.orderflow.order;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** An HTTP client of the service. */
public class Api {

    /** A response. */
    public record Response(int status, HttpResponse<String> http) {

        public JsonNode json() {
            return JSON.readTree(http.body());
        }

        public String body() {
            return http.body();
        }

        public @Nullable String header(String name) {
            return http.headers().firstValue(name).orElse(null);
        }
    }

    public static final String OPERATOR_PASSWORD = "a-password-for-tests";
    public static final String PAYLOADS_TOKEN = "a-token-for-tests";

    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final HttpClient client = HttpClient.newHttpClient();
    private final String root;
    private final @Nullable String token;

    public Api(int port) {
        this(port, null);
    }

    /** @param token sent with every request; null for none */
    public Api(int port, @Nullable String token) {
        root = "http://localhost:" + port;
        this.token = token;
    }

    public static String order(String customerId, String items) {
        return """
                {"customerId": "%s", "email": "ada@example.org", "items": [%s]}""".formatted(customerId, items);
    }

    public static String item(String sku, Object quantity) {
        return "{\"sku\": \"%s\", \"quantity\": %s}".formatted(sku, quantity);
    }

    public Response get(String path) {
        return send(request(path));
    }

    public Response post(String path, String body) {
        return send(json(path, BodyPublishers.ofString(body)));
    }

    public Response post(String path, BodyPublisher body) {
        return send(json(path, body));
    }

    public Response placeOrder(String key, String body) {
        return send(json("/orders", BodyPublishers.ofString(body)).header("Idempotency-Key", key));
    }

    public Response cancel(String orderId) {
        return send(request("/orders/" + orderId + "/cancellation").POST(BodyPublishers.noBody()));
    }

    public Response setPrice(String user, String sku, Object price) {
        String credentials = Base64.getEncoder().encodeToString((user + ":" + OPERATOR_PASSWORD).getBytes(UTF_8));
        return send(request("/products/" + sku + "/price")
                .header("Content-Type", "application/json")
                .header("Authorization", "Basic " + credentials)
                .PUT(BodyPublishers.ofString("{\"price\": " + price + "}")));
    }

    public Response get(String path, String token) {
        return send(request(path).header("Authorization", "Bearer " + token));
    }

    public HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(root + path)).timeout(Duration.ofSeconds(30));
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    public Response send(HttpRequest.Builder request) {
        try {
            HttpResponse<String> response = client.send(request.build(), BodyHandlers.ofString());
            return new Response(response.statusCode(), response);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    private HttpRequest.Builder json(String path, BodyPublisher body) {
        return request(path).header("Content-Type", "application/json").POST(body);
    }
}

package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Sends requests to {@link ThingsApplication}. */
@SpringBootTest(
        classes = ThingsApplication.class,
        webEnvironment = WebEnvironment.RANDOM_PORT,
        properties = "orderflow.http.max-body-size=10KB")
abstract class ThingsRequests {

    private static final HttpClient client = HttpClient.newHttpClient();

    private static final JsonMapper json = JsonMapper.builder().build();

    @LocalServerPort
    private int port;

    static String item(String quantity) {
        return "{\"items\":[{\"quantity\":" + quantity + "}]}";
    }

    JsonNode problem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).doesNotContain("orderflow.service", "jackson", "trace");
        JsonNode problem = json.readTree(response.body());
        assertThat(problem.get("type").stringValue()).isEqualTo("/docs/problems.html#" + type);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").stringValue()).isNotBlank();
        assertThat(problem.get("detail").stringValue()).isNotBlank();
        return problem;
    }

    HttpResponse<String> post(String body) throws Exception {
        return post(BodyPublishers.ofString(body));
    }

    HttpResponse<String> post(BodyPublisher body) throws Exception {
        return post("application/json", body);
    }

    HttpResponse<String> post(String type, BodyPublisher body) throws Exception {
        return send(request("/things").header("Content-Type", type).POST(body));
    }

    HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }
}

package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import jakarta.validation.Valid;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotNull;
import java.io.ByteArrayInputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.http.converter.autoconfigure.HttpMessageConvertersAutoConfiguration;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;
import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.validation.autoconfigure.ValidationAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.DispatcherServletAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.WebMvcAutoConfiguration;
import org.springframework.boot.webmvc.autoconfigure.error.ErrorMvcAutoConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "orderflow.http.max-body-size=10KB")
class ProblemsTest {

    private static final HttpClient client = HttpClient.newHttpClient();
    private static final JsonMapper json = JsonMapper.builder().build();

    @LocalServerPort
    private int port;

    static Stream<Arguments> invalidBodies() {
        return Stream.of(
                argumentSet("unknown field", "{\"items\":[],\"colour\":1}", "colour", "is not a field of this request"),
                argumentSet("text for a number", item("\"1\""), "items[0].quantity", "must be a whole number"),
                argumentSet("broken number", item("1.5"), "items[0].quantity", "must be a whole number"),
                argumentSet("2^31", item("2147483648"), "items[0].quantity", "must be a whole number of usual size"),
                argumentSet("1e400", item("1e400"), "items[0].quantity", "must be a whole number"),
                argumentSet("1e999999999", item("1e999999999"), "items[0].quantity", "must be a whole number"),
                argumentSet("boolean for a number", item("true"), "items[0].quantity", "must be a whole number"),
                argumentSet("array for a number", item("[1]"), "items[0].quantity", "must be a whole number"),
                argumentSet("number for a text", "{\"name\":1,\"items\":[]}", "name", "must be a text"),
                argumentSet("boolean for a text", "{\"name\":true,\"items\":[]}", "name", "must be a text"),
                argumentSet("object for an array", "{\"items\":{}}", "items", "must be an array"),
                argumentSet("text for an object", "{\"items\":[\"x\"]}", "items[0]", "must be a JSON object"),
                argumentSet("array for the whole", "[]", "", "must be a JSON object"),
                argumentSet("too small", item("0"), "items[0].quantity", "must be greater than or equal to 1"),
                argumentSet("missing", "{\"items\":[{}]}", "items[0].quantity", "must not be null"),
                argumentSet("null", item("null"), "items[0].quantity", "must not be null"),
                argumentSet("null in an array", "{\"items\":[null]}", "items[0]", "must not be null"));
    }

    @ParameterizedTest
    @MethodSource("invalidBodies")
    void anInvalidFieldIsNamed(String body, String field, String message) throws Exception {
        JsonNode problem = problem(post(body), 400, "invalid-request");
        assertThat(problem.at("/errors/0/field").stringValue()).isEqualTo(field);
        assertThat(problem.at("/errors/0/message").stringValue()).isEqualTo(message);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "{\"items\":[]} x",
                "{\"items\":[]}{}",
                "{'items':[]}",
                "{\"items\":[],\"items\":[]}",
                "\u0000"
            })
    void brokenJsonIsRefused(String body) throws Exception {
        problem(post(body), 400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/things/%00", "/%00", "/things/a%2Fb"})
    void aPathThatTheServerRefusesIsAProblem(String path) throws Exception {
        problem(get(path), 400, "invalid-request");
    }

    @Test
    void parametersThatAreNoTextOrFarTooManyAreRefused() throws Exception {
        problem(get("/things?page=%ff"), 400, "invalid-request");
        problem(get("/things?" + "a=&".repeat(2_000)), 400, "invalid-request");
    }

    @Test
    void aDeeplyNestedBodyIsRefused() throws Exception {
        problem(post("{\"items\":" + "[".repeat(4000)), 400, "invalid-request");
    }

    @Test
    void aHugeNumberIsRefusedBeforeItIsCalculated() throws Exception {
        problem(post(item("9".repeat(5000))), 400, "invalid-request");
    }

    @Test
    void manyErrorsAreCutShort() throws Exception {
        String body = "{\"items\":[" + "{},".repeat(1000) + "{}]}";
        assertThat(problem(post(body), 400, "invalid-request").get("errors").size())
                .isEqualTo(ProblemAdvice.MAX_ERRORS);
    }

    @Test
    void aBodyThatIsTooLargeIsRefusedWhetherOrNotItSaysSo() throws Exception {
        byte[] body = "{\"items\":[%s]}".formatted(" ".repeat(20_000)).getBytes(StandardCharsets.UTF_8);
        problem(post(BodyPublishers.ofByteArray(body)), 413, "too-large");
        problem(post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))), 413, "too-large");
    }

    /** RFC 8259, 8.1. */
    @Test
    void onlyUtf8IsRead() throws Exception {
        String body = "{\"name\":\"\u00e4\",\"items\":[]}";
        for (Charset charset : List.of(StandardCharsets.UTF_16, StandardCharsets.UTF_16LE, Charset.forName("UTF-32"))) {
            byte[] encoded = body.getBytes(charset);
            problem(post(BodyPublishers.ofByteArray(encoded)), 400, "invalid-request");
            problem(
                    post("application/json;charset=" + charset.name(), BodyPublishers.ofByteArray(encoded)),
                    415,
                    "unsupported-media-type");
        }
        byte[] latin = body.getBytes(StandardCharsets.ISO_8859_1);
        problem(post(BodyPublishers.ofByteArray(latin)), 400, "invalid-request");
        problem(
                post("application/json;charset=iso-8859-1", BodyPublishers.ofByteArray(latin)),
                415,
                "unsupported-media-type");
        problem(post("application/json;charset=no-such", BodyPublishers.ofString(body)), 415, "unsupported-media-type");
        assertThat(post(BodyPublishers.ofString(body)).statusCode()).isEqualTo(200);
        assertThat(post("application/json;charset=utf-8", BodyPublishers.ofString(body))
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void whatTheFrameworkRefusesIsAProblemToo() throws Exception {
        problem(get("/nothing"), 404, "not-found");
        problem(send(request("/things").DELETE()), 405, "method-not-allowed");
        problem(
                send(request("/things").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("x"))),
                415,
                "unsupported-media-type");
        problem(send(request("/things/" + UUID.randomUUID()).header("Accept", "image/png")), 406, "not-acceptable");
    }

    @Test
    void parametersThatCannotBeReadAreNamed() throws Exception {
        assertThat(problem(get("/things/7"), 400, "invalid-request")
                        .at("/errors/0/field")
                        .stringValue())
                .isEqualTo("id");
        assertThat(problem(get("/things?page=x"), 400, "invalid-request")
                        .at("/errors/0")
                        .toString())
                .isEqualTo("{\"field\":\"page\",\"message\":\"must be a whole number\"}");
        problem(get("/things?page=-1"), 400, "invalid-request");
        problem(get("/things?size=101"), 400, "invalid-request");
        problem(get("/things?size=0"), 400, "invalid-request");
    }

    @Test
    void aFailureOfOursShowsNothingOfOurs() throws Exception {
        HttpResponse<String> response = get("/broken");
        problem(response, 500, "internal");
        assertThat(response.body()).doesNotContain("secret", "Exception", "java");
    }

    @Test
    void aDatabaseThatIsAwayIsNoFaultOfTheRequest() throws Exception {
        HttpResponse<String> response = get("/away");
        problem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void aTextThatTheDatabaseCannotHoldIsTheRequestsFault() throws Exception {
        problem(get("/unstorable"), 400, "invalid-request");
    }

    @Test
    void pagesStartAtZero() throws Exception {
        assertThat(get("/things").body()).isEqualTo("{\"items\":[\"0\"],\"page\":0,\"size\":20,\"total\":1}");
        assertThat(get("/things?page=2&size=50").body()).contains("\"items\":[\"100\"],\"page\":2,\"size\":50");
    }

    private static String item(String quantity) {
        return "{\"items\":[{\"quantity\":" + quantity + "}]}";
    }

    private JsonNode problem(HttpResponse<String> response, int status, String type) {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(response.body()).doesNotContain("orderflow.service", "jackson", "trace");
        JsonNode problem = json.readTree(response.body());
        assertThat(problem.get("type").stringValue()).isEqualTo("urn:orderflow:problem:" + type);
        assertThat(problem.get("status").intValue()).isEqualTo(status);
        assertThat(problem.get("title").stringValue()).isNotBlank();
        assertThat(problem.get("detail").stringValue()).isNotBlank();
        return problem;
    }

    private HttpResponse<String> post(String body) throws Exception {
        return post(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> post(BodyPublisher body) throws Exception {
        return post("application/json", body);
    }

    private HttpResponse<String> post(String type, BodyPublisher body) throws Exception {
        return send(request("/things").header("Content-Type", type).POST(body));
    }

    private HttpResponse<String> get(String path) throws Exception {
        return send(request(path));
    }

    private HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
                .timeout(Duration.ofSeconds(20));
    }

    private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
        return client.send(request.build(), BodyHandlers.ofString());
    }

    record Item(@NotNull @Min(1) @Max(10) Integer quantity) {}

    record Thing(String name, @NotNull List<@NotNull @Valid Item> items) {}

    @RestController
    static class Things {

        @PostMapping("/things")
        String add(@Valid @RequestBody Thing thing) {
            return "added";
        }

        @GetMapping("/things")
        Page<String> list(@Valid Paging paging) {
            return Page.of(List.of(paging.offset()), paging, 1).map(String::valueOf);
        }

        @GetMapping(path = "/things/{id}", produces = "application/json")
        String thing(@PathVariable UUID id) {
            return "{}";
        }

        @GetMapping("/broken")
        String broken() {
            throw new IllegalStateException("a secret");
        }

        @GetMapping("/unstorable")
        String unstorable() throws Exception {
            throw new SQLException("invalid byte sequence for encoding \"UTF8\": 0x00", "22021");
        }

        @GetMapping("/away")
        String away() throws Exception {
            throw new SQLTransientConnectionException("no connection");
        }
    }

    @SpringBootConfiguration
    @Import(Things.class)
    @ImportAutoConfiguration({
        TomcatServletWebServerAutoConfiguration.class,
        DispatcherServletAutoConfiguration.class,
        WebMvcAutoConfiguration.class,
        ErrorMvcAutoConfiguration.class,
        HttpMessageConvertersAutoConfiguration.class,
        JacksonAutoConfiguration.class,
        ValidationAutoConfiguration.class,
        ServiceAutoConfiguration.class
    })
    static class Application {}
}

package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.argumentSet;

import io.orderflow.messaging.operations.RequestErrors;
import java.io.ByteArrayInputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RequestBodyProblemsTest extends ThingsRequests {

    static Stream<Arguments> invalidBodies() {
        return Stream.of(
                argumentSet("unknown field", "{\"items\":[],\"colour\":1}", "colour", "is not a field of this request"),
                argumentSet("text for a number", item("\"1\""), "items[0].quantity", "must be a whole number"),
                argumentSet("broken number", item("1.5"), "items[0].quantity", "must be a whole number"),
                argumentSet("2^31", item("2147483648"), "items[0].quantity", "must be a whole number within its range"),
                argumentSet("1e400", item("1e400"), "items[0].quantity", "must be a whole number"),
                argumentSet("1e999999999", item("1e999999999"), "items[0].quantity", "must be a whole number"),
                argumentSet("boolean for a number", item("true"), "items[0].quantity", "must be a whole number"),
                argumentSet("array for a number", item("[1]"), "items[0].quantity", "must be a whole number"),
                argumentSet("number for a text", "{\"name\":1,\"items\":[]}", "name", "must be a string"),
                argumentSet("boolean for a text", "{\"name\":true,\"items\":[]}", "name", "must be a string"),
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
    void an_invalid_field_is_named(String body, String field, String message) throws Exception {
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
    void broken_json_is_rejected(String body) throws Exception {
        problem(post(body), 400, "invalid-request");
    }

    @Test
    void a_deeply_nested_body_is_rejected() throws Exception {
        problem(post("{\"items\":" + "[".repeat(4000)), 400, "invalid-request");
    }

    @Test
    void a_huge_number_is_rejected_before_it_is_parsed() throws Exception {
        problem(post(item("9".repeat(5000))), 400, "invalid-request");
    }

    @Test
    void the_number_of_errors_is_limited() throws Exception {
        String body = "{\"items\":[" + "{},".repeat(1000) + "{}]}";
        assertThat(problem(post(body), 400, "invalid-request").get("errors").size())
                .isEqualTo(RequestErrors.MAX_ERRORS);
    }

    @Test
    void a_body_that_is_too_large_is_rejected_with_and_without_content_length() throws Exception {
        byte[] body = "{\"items\":[%s]}".formatted(" ".repeat(20_000)).getBytes(StandardCharsets.UTF_8);
        problem(post(BodyPublishers.ofByteArray(body)), 413, "too-large");
        problem(post(BodyPublishers.ofInputStream(() -> new ByteArrayInputStream(body))), 413, "too-large");
    }

    /** RFC 8259, 8.1. */
    @Test
    void only_utf_8_is_accepted() throws Exception {
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
}

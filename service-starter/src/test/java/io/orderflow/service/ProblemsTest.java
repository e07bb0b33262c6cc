package io.orderflow.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProblemsTest extends ThingsRequests {

    @ParameterizedTest
    @ValueSource(strings = {"/things/%00", "/%00", "/things/a%2Fb"})
    void a_path_that_tomcat_rejects_is_a_problem(String path) throws Exception {
        problem(get(path), 400, "invalid-request");
    }

    @Test
    void undecodable_or_too_many_parameters_are_rejected() throws Exception {
        problem(get("/things?cursor=%ff"), 400, "invalid-request");
        problem(get("/things?" + "a=&".repeat(2_000)), 400, "invalid-request");
    }

    @Test
    void errors_of_spring_mvc_are_problems() throws Exception {
        problem(get("/nothing"), 404, "not-found");
        problem(send(request("/things").DELETE()), 405, "method-not-allowed");
        problem(
                send(request("/things").header("Content-Type", "text/plain").POST(BodyPublishers.ofString("x"))),
                415,
                "unsupported-media-type");
        problem(send(request("/things/" + UUID.randomUUID()).header("Accept", "image/png")), 406, "not-acceptable");
    }

    @Test
    void an_invalid_parameter_is_named() throws Exception {
        assertThat(problem(get("/things/7"), 400, "invalid-request")
                        .at("/errors/0/field")
                        .stringValue())
                .isEqualTo("id");
        assertThat(problem(get("/things?size=x"), 400, "invalid-request")
                        .at("/errors/0")
                        .toString())
                .isEqualTo("{\"field\":\"size\",\"message\":\"must be a whole number\"}");
        problem(get("/things?size=101"), 400, "invalid-request");
        problem(get("/things?size=0"), 400, "invalid-request");
    }

    @Test
    void an_internal_error_contains_no_details() throws Exception {
        HttpResponse<String> response = get("/broken");
        problem(response, 500, "internal");
        assertThat(response.body()).doesNotContain("secret", "Exception", "java");
    }

    @Test
    void an_unavailable_database_is_a_503() throws Exception {
        HttpResponse<String> response = get("/unavailable");
        problem(response, 503, "unavailable");
        assertThat(response.headers().firstValue("Retry-After")).isPresent();
    }

    @Test
    void text_that_the_database_cannot_store_is_a_400() throws Exception {
        problem(get("/unstorable"), 400, "invalid-request");
    }

    @Test
    void a_page_has_the_cursor_of_the_next_one() throws Exception {
        assertThat(get("/things").body()).isEqualTo("{\"items\":[\"0\",\"1\",\"2\"]}");
        String first = get("/things?size=2").body();
        assertThat(first).startsWith("{\"items\":[\"0\",\"1\"],\"next\":");
        String next = first.replaceAll(".*\"next\":\"(.*)\"}", "$1");
        assertThat(get("/things?size=2&cursor=" + next).body()).isEqualTo("{\"items\":[\"2\"]}");
    }

    /** No base64, base64 of no key, and the cursor of another list. */
    @ParameterizedTest
    @ValueSource(strings = {"*", "dGhpbmdzIHg", "b3RoZXJzIDE"})
    void a_cursor_that_the_list_has_not_returned_is_rejected(String cursor) throws Exception {
        assertThat(problem(get("/things?cursor=" + cursor), 400, "invalid-request")
                        .at("/errors/0/field")
                        .stringValue())
                .isEqualTo("cursor");
    }
}

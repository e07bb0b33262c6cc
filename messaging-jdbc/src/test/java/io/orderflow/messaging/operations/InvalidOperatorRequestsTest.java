package io.orderflow.messaging.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Invalid requests are answered with problem+json in an application that does not use problem+json itself. */
class InvalidOperatorRequestsTest {

    private static final String A_TIME = "must be a time like 2026-11-21T10:00:00Z";

    private static ForeignApplication application;

    @BeforeAll
    static void start() {
        application = new ForeignApplication();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    static Stream<Arguments> invalidParameters() {
        return Stream.of(
                arguments("/dead-letters?state=ASLEEP", "state", "must be one of WAITING, REDRIVEN, DISCARDED"),
                arguments("/dead-letters?from=yesterday", "from", A_TIME),
                arguments("/dead-letters?page=x", "page", "must be a whole number"),
                arguments("/dead-letters?page=-1", "page", "must be greater than or equal to 0"),
                arguments("/dead-letters?size=1000", "size", "must be less than or equal to 100"),
                arguments("/dead-letters/x", "id", "must be a whole number"),
                arguments("/dead-letters/1.5", "id", "must be a whole number"),
                arguments("/dead-letters/redrives/1", "id", "must be a UUID"),
                arguments("/outbox/parked?size=0", "size", "must be greater than or equal to 1"));
    }

    @ParameterizedTest
    @MethodSource("invalidParameters")
    void an_invalid_parameter_is_named(String path, String field, String message) {
        application.get(path).assertInvalid(field, message);
    }

    static Stream<Arguments> invalidJobs() {
        return Stream.of(
                arguments("{\"from\": \"yesterday\"}", "from", A_TIME),
                arguments("{\"dryRun\": 1}", "dryRun", "must be true or false"),
                arguments("{\"perSecond\": 0}", "perSecond", "must be greater than or equal to 1"),
                arguments("{\"perSecond\": 1001}", "perSecond", "must be less than or equal to 1000"),
                arguments("{\"grop\": \"stock\"}", "grop", "is not a field of this request"),
                arguments("{\"dry_run\": true}", "dry_run", "is not a field of this request"),
                arguments("[]", "", "must be a JSON object"));
    }

    @ParameterizedTest
    @MethodSource("invalidJobs")
    void a_job_with_an_invalid_field_is_not_started(String json, String field, String message) {
        application.post("/dead-letters/redrives", json).assertInvalid(field, message);
        assertThat(application.get("/dead-letters/redrives").json().get("items"))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "{} {}"})
    void a_body_that_is_not_json_is_rejected(String body) {
        application.post("/dead-letters/redrives", body).assertProblem(400, "invalid-request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"from=%2B500000-01-01T00:00:00Z", "to=-1000000000-01-01T00:00:00Z"})
    void values_that_the_database_does_not_support_are_rejected(String query) {
        application.get("/dead-letters?" + query).assertProblem(400, "invalid-request");
    }

    @Test
    void a_job_with_a_time_that_the_database_does_not_support_is_not_started() {
        application
                .post("/dead-letters/redrives", "{\"to\": \"+1000000000-01-01T00:00:00Z\"}")
                .assertProblem(400, "invalid-request");
    }

    @Test
    void unknown_ids_are_not_found() {
        application.get("/dead-letters/4711").assertProblem(404, "not-found");
        application.get("/dead-letters/" + Long.MAX_VALUE).assertProblem(404, "not-found");
        application.post("/dead-letters/4711/redrive").assertProblem(404, "not-found");
        application.post("/dead-letters/4711/discard").assertProblem(404, "not-found");
        application.get("/dead-letters/redrives/" + UUID.randomUUID()).assertProblem(404, "not-found");
        application
                .post("/dead-letters/redrives/" + UUID.randomUUID() + "/cancel")
                .assertProblem(404, "not-found");
        application.post("/outbox/parked/4711/delete").assertProblem(404, "not-found");
    }

    @Test
    void the_applications_own_api_is_not_changed() {
        assertThat(application.onPublicPort("/things?number=1").json().toString())
                .isEqualTo("{\"display_name\":\"thing 1\"}");
        assertThat(application.onPublicPort("/things?number=x").header("content-type"))
                .isEqualTo("application/json");
    }
}

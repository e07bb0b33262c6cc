package io.orderflow.messaging.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.operations.ForeignApplication.Response;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ReplayApiTest {

    private static ForeignApplication application;

    @BeforeAll
    static void start() {
        application = new ForeignApplication();
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void a_replay_runs_to_its_end_and_counts_what_failed() {
        application.deadLetter("{\"orderId\":\"1\"}", "{\"orderId\":\"2\"}");
        Response accepted = application.post("/replays", "{\"topic\":\"orders\",\"group\":\"stock\"}");
        assertThat(accepted.status()).as(accepted.received().body()).isEqualTo(202);
        assertThat(accepted.json().get("total").asLong()).isEqualTo(2);
        String path = accepted.header("location");

        await().until(() -> !state(path).equals("RUNNING"));

        JsonNode job = application.get(path).json();
        assertThat(state(path)).isEqualTo("COMPLETED");
        assertThat(job.get("handled").asLong()).isEqualTo(2);
        assertThat(job.get("failed").asLong()).isEqualTo(2);
        assertThat(job.get("note").asString()).contains("The shelf is broken.");
        assertThat(job.get("firstMessageAt").asString()).isEqualTo("1970-01-01T00:00:00Z");
        assertThat(job.get("secondsLeft").isNull()).isTrue();
        assertThat(application
                        .jdbc()
                        .sql("select max(failures) from messaging_dead_letter")
                        .query(Integer.class)
                        .single())
                .as("what fails in a replay is not dead-lettered")
                .isEqualTo(1);
        assertThat(application.get("/replays").json().get("items")).contains(job);
        application.post(path + "/cancel").assertProblem(409, "replay-not-running");
    }

    @Test
    void an_impossible_replay_is_refused_with_the_reason() {
        application.post("/replays", "{\"topic\":\"orders\"}").assertInvalid("group", "must not be blank");
        application
                .post("/replays", "{\"topic\":\"orders\",\"group\":\"stock\",\"from\":\"yesterday\"}")
                .assertInvalid("from", "must be a time like 2026-11-21T10:00:00Z");
        application
                .post(
                        "/replays",
                        "{\"topic\":\"orders\",\"group\":\"stock\",\"from\":\"2026-11-21T10:00:00Z\",\"position\":\"orders-0@1\"}")
                .assertInvalid("position", "must be left out with from");
        Response unknown = application.post("/replays", "{\"topic\":\"orders\",\"group\":\"other\"}");
        unknown.assertProblem(409, "not-replayable");
        assertThat(unknown.json().get("detail").asString()).contains("It has: stock on orders");
        application.get("/replays/00000000-0000-0000-0000-000000000000").assertProblem(404, "not-found");
    }

    private static String state(String path) {
        return application.get(path).json().get("state").asString();
    }
}

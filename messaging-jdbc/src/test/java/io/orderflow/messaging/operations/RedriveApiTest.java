package io.orderflow.messaging.operations;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.operations.ForeignApplication.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RedriveApiTest {

    /** One for each test: a redriven message is dead-lettered again at any time. */
    private ForeignApplication application;

    @BeforeEach
    void start() {
        application = new ForeignApplication("messaging.dead-letters.max-redrives=1");
    }

    @AfterEach
    void stop() {
        application.close();
    }

    @Test
    void a_redrive_is_refused_at_the_limit_and_the_history_records_each_step() {
        application.deadLetter("{\"orderId\":\"1\"}");
        String path = path();
        assertThat(application.post(path + "/redrive").json().get("redriven").asInt())
                .isEqualTo(1);

        await().until(() -> application.get(path).json().at("/letter/failures").asInt() == 2);
        application.post(path + "/redrive").assertProblem(409, "redrive-limit-reached");
        assertThat(application.post(path + "/discard").json().get("state").asString())
                .isEqualTo("DISCARDED");
        application.post(path + "/discard").assertProblem(409, "dead-letter-not-waiting");
        application.post(path + "/redrive").assertProblem(409, "dead-letter-not-waiting");
        JsonNode history = application.get(path).json().get("history");
        assertThat(history.findValuesAsString("action")).containsExactly("redriven", "failed again", "discarded");
        assertThat(history.findValuesAsString("who")).containsExactly("anonymous", "stock", "anonymous");
    }

    @Test
    void a_dead_letter_that_may_have_been_handled_is_redriven_only_with_anyway() {
        application.deadLetter("{\"orderId\":\"1\"}");
        application
                .jdbc()
                .sql("update messaging_dead_letter set possibly_handled = true")
                .update();
        String path = path() + "/redrive";

        application.post(path).assertProblem(409, "dead-letter-possibly-handled");
        assertThat(application
                        .post(path + "?anyway=true")
                        .json()
                        .get("redriven")
                        .asInt())
                .isEqualTo(1);
    }

    @Test
    void a_dry_run_counts_and_redrives_nothing() {
        application.deadLetter("{\"orderId\":\"1\"}", "{\"orderId\":\"2\"}");

        JsonNode job =
                application.post("/dead-letters/redrives", "{\"dryRun\":true}").json();

        assertThat(job.get("matched").asInt()).isEqualTo(2);
        assertThat(job.get("state").asString()).isEqualTo("COMPLETED");
        assertThat(job.get("redriven").asInt()).isZero();
    }

    @Test
    void a_redrive_of_the_first_leaves_the_others_waiting() {
        application.deadLetter("{\"orderId\":\"1\"}", "{\"orderId\":\"2\"}", "{\"orderId\":\"3\"}");

        JsonNode job = application
                .post("/dead-letters/redrives", "{\"first\":2,\"stopOnFailure\":false}")
                .json();

        assertThat(job.get("matched").asInt()).isEqualTo(2);
        String path = "/dead-letters/redrives/" + job.get("id").asString();
        await().until(() -> application.get(path).json().get("state").asString().equals("COMPLETED"));
        assertThat(application.get(path).json().get("redriven").asInt()).isEqualTo(2);
        assertThat(application
                        .jdbc()
                        .sql("select redriven from messaging_dead_letter order by id")
                        .query(Integer.class)
                        .list())
                .containsExactly(1, 1, 0);
        application.post("/dead-letters/redrives", "{\"first\":0}").assertProblem(400, "invalid-request");
    }

    @Test
    void each_change_is_in_the_audit_log_with_its_outcome() {
        application.deadLetter("{\"orderId\":\"1\"}");
        application.get(path());
        application.post(path() + "/redrive?anyway=true");
        application.post("/dead-letters/0/discard");
        String job =
                application.post("/dead-letters/redrives", "{\"dryRun\":true}").header("location");

        JsonNode entries = application.get("/audit").json().get("items");
        assertThat(entries.findValuesAsString("request"))
                .containsExactly(
                        "POST /dead-letters/redrives",
                        "POST /dead-letters/0/discard",
                        "POST " + path() + "/redrive?anyway=true");
        assertThat(entries.findValuesAsString("operator")).containsOnly("anonymous");
        assertThat(entries.valueStream().map(each -> each.get("status").asInt()))
                .containsExactly(202, 404, 200);
        assertThat(entries.at("/0/result").asString()).isEqualTo(job);

        long latest = entries.at("/0/id").asLong();
        assertThat(application
                        .get("/audit?size=1&before=" + latest)
                        .json()
                        .at("/items/0/request")
                        .asString())
                .isEqualTo("POST /dead-letters/0/discard");
        application.get("/audit?size=101").assertProblem(400, "invalid-request");
    }

    @Test
    void a_job_is_accepted_and_can_be_cancelled_while_it_runs() {
        application.deadLetter("{\"orderId\":\"1\"}", "{\"orderId\":\"2\"}", "{\"orderId\":\"3\"}");

        Response accepted = application.post(
                "/dead-letters/redrives", "{\"group\":\"stock\",\"perSecond\":1,\"stopOnFailure\":false}");
        assertThat(accepted.status()).isEqualTo(202);
        String path = accepted.header("location");
        await().until(() -> application.get(path).json().get("redriven").asInt() >= 1);
        assertThat(application.post(path + "/cancel").json().get("state").asString())
                .isEqualTo("CANCELLED");
        application.post(path + "/cancel").assertProblem(409, "redrive-not-running");
        assertThat(application
                        .get("/dead-letters/redrives")
                        .json()
                        .at("/items/0/endedBy")
                        .asString())
                .isEqualTo("anonymous");
    }

    private String path() {
        return "/dead-letters/" + application.deadLetterIds()[0];
    }
}

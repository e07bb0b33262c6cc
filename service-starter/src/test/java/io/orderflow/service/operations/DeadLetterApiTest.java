package io.orderflow.service.operations;

import static io.orderflow.service.operations.RunningApplication.OPERATOR;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.service.operations.RunningApplication.Response;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.databind.JsonNode;

class DeadLetterApiTest {

    private static final String A_TIME = "must be a time like 2026-11-21T10:00:00Z";

    private static RunningApplication service;

    @BeforeAll
    static void start() {
        service = new RunningApplication(
                "management.server.port=0",
                "orderflow.operator.password=a good password",
                "messaging.dead-letters.max-redrives=1");
    }

    @AfterAll
    static void stop() {
        service.close();
    }

    @BeforeEach
    void forgetAll() {
        service.context
                .getBean(JdbcClient.class)
                .sql("delete from messaging_dead_letter")
                .update();
    }

    @Test
    void dead_letters_are_listed_with_counts_by_what_failed() {
        dead("{\"orderId\":\"1\"}", "{\"orderId\":\"2\"}", "{\"orderId\":");
        JsonNode page = get("?size=2").json();

        assertThat(page.get("total").asInt()).isEqualTo(3);
        assertThat(page.get("items")).hasSize(2);
        JsonNode similar = page.get("fingerprints").get(0);
        assertThat(similar.get("number").asInt()).isEqualTo(2);
        assertThat(similar.get("exception").asString()).isEqualTo("java.lang.IllegalStateException");
        assertThat(similar.get("place").asString()).contains("RunningApplication");

        String fingerprint = similar.get("fingerprint").asString();
        assertThat(get("?fingerprint=" + fingerprint).json().get("total").asInt())
                .isEqualTo(2);
        assertThat(get("?group=stock&topic=orders&state=WAITING")
                        .json()
                        .get("total")
                        .asInt())
                .isEqualTo(3);
        assertThat(get("?group=mail").json().get("total").asInt()).isZero();
        assertThat(get("?from=" + Instant.now().plusSeconds(60))
                        .json()
                        .get("total")
                        .asInt())
                .isZero();
        assertThat(get("?type=x&to=2020-01-01T00:00:00Z").json().get("total").asInt())
                .isZero();
    }

    static Stream<Arguments> wrongQuestions() {
        return Stream.of(
                arguments("?state=ASLEEP", "state", "must be one of WAITING, REDRIVEN, DISCARDED"),
                arguments("?from=yesterday", "from", A_TIME),
                arguments("?page=x", "page", "must be a whole number"),
                arguments("?page=-1", "page", "must be greater than or equal to 0"),
                arguments("?size=1000", "size", "must be less than or equal to 100"),
                arguments("/x", "id", "must be a whole number"),
                arguments("/1.5", "id", "must be a whole number"),
                arguments("/redrives/1", "id", "must be a UUID"));
    }

    @ParameterizedTest
    @MethodSource("wrongQuestions")
    void what_is_asked_wrongly_is_refused_and_named(String path, String field, String message) {
        assertInvalid(get(path), field, message);
    }

    @Test
    void a_time_that_no_database_holds_is_refused() {
        assertProblem(get("?from=%2B500000-01-01T00:00:00Z"), 400, "invalid-request");
        assertProblem(get("?to=-1000000000-01-01T00:00:00Z"), 400, "invalid-request");
        assertProblem(post("/redrives", "{\"to\": \"+1000000000-01-01T00:00:00Z\"}"), 400, "invalid-request");
    }

    @Test
    void a_redrive_that_is_ordered_wrongly_is_refused_and_named() {
        assertInvalid(post("/redrives", "{\"from\": \"yesterday\"}"), "from", A_TIME);
        assertInvalid(post("/redrives", "{\"dryRun\": 1}"), "dryRun", "must be true or false");
    }

    private static void assertInvalid(Response response, String field, String message) {
        assertProblem(response, 400, "invalid-request");
        JsonNode error = response.json().at("/errors/0");
        assertThat(error.get("field").asString()).isEqualTo(field);
        assertThat(error.get("message").asString()).isEqualTo(message);
    }

    @Test
    void what_there_is_not_is_not_found() {
        assertProblem(get("/4711"), 404, "not-found");
        assertProblem(get("/" + Long.MAX_VALUE), 404, "not-found");
        assertProblem(post("/4711/redrive", null), 404, "not-found");
        assertProblem(post("/4711/discard", null), 404, "not-found");
        assertProblem(get("/redrives/" + UUID.randomUUID()), 404, "not-found");
        assertProblem(post("/redrives/" + UUID.randomUUID() + "/cancel", null), 404, "not-found");
    }

    @Test
    void a_payload_is_shown_as_text_within_json_and_never_as_a_page() {
        dead("<script>alert(1)</script>");
        Response response = get("/" + ids()[0]);

        assertThat(response.headers().get("content-type").get(0)).startsWith("application/json");
        assertThat(response.headers().get("x-content-type-options")).containsExactly("nosniff");
        JsonNode payload = response.json().get("payload");
        assertThat(payload.get("encoding").asString()).isEqualTo("text");
        assertThat(payload.get("content").asString()).isEqualTo("<script>alert(1)</script>");
        assertThat(response.json().get("headers").get("x").asString()).isEqualTo("\ufffd");
    }

    @Test
    void bytes_that_are_no_text_are_shown_in_base64_and_both_are_cut() {
        byte[] binary = new byte[40_000];
        binary[0] = -1;
        service.poison("binary", binary);
        service.poison("long", "x".repeat(100_000).getBytes(StandardCharsets.UTF_8));
        awaitNumber(2);
        for (String id : ids()) {
            JsonNode payload = get("/" + id).json().get("payload");
            assertThat(payload.get("truncated").asBoolean()).isTrue();
            String content = payload.get("content").asString();
            if (payload.get("encoding").asString().equals("base64")) {
                assertThat(Base64.getDecoder().decode(content))
                        .hasSize(Payload.MAX_BYTES)
                        .startsWith(-1, 0);
                assertThat(payload.get("size").asInt()).isEqualTo(40_000);
            } else {
                assertThat(content).hasSize(Payload.MAX_CHARACTERS + 1);
            }
        }
    }

    @Test
    void a_redrive_is_done_once_refused_at_its_limit_and_all_of_it_is_kept() {
        dead("{\"orderId\":\"1\"}");
        String path = "/" + ids()[0];
        assertThat(post(path + "/redrive", null).json().get("redriven").asInt()).isEqualTo(1);

        await().until(() -> get(path).json().get("letter").get("failures").asInt() == 2);
        assertProblem(post(path + "/redrive", null), 409, "redrive-limit-reached");
        assertThat(post(path + "/discard", null).json().get("state").asString()).isEqualTo("DISCARDED");
        assertProblem(post(path + "/discard", null), 409, "dead-letter-not-waiting");
        assertProblem(post(path + "/redrive", null), 409, "dead-letter-not-waiting");
        assertThat(get(path).json().get("history").findValuesAsString("action"))
                .containsExactly("redriven", "failed again", "discarded");
        assertThat(get(path).json().get("history").findValuesAsString("who"))
                .containsExactly("operator", "stock", "operator");
    }

    @Test
    void a_redrive_that_could_repeat_an_effect_has_to_be_insisted_on() {
        dead("{\"orderId\":\"1\"}");
        service.context
                .getBean(JdbcClient.class)
                .sql("update messaging_dead_letter set possibly_handled = true")
                .update();
        String path = "/" + ids()[0] + "/redrive";

        assertProblem(post(path, null), 409, "dead-letter-possibly-handled");
        assertThat(post(path + "?anyway=true", null).json().get("redriven").asInt())
                .isEqualTo(1);
    }

    @Test
    void a_job_is_accepted_followed_and_can_be_cancelled_while_it_runs() {
        dead("{\"orderId\":\"1\"}", "{\"orderId\":\"2\"}", "{\"orderId\":\"3\"}");
        JsonNode dry = post("/redrives", "{\"dryRun\":true}").json();
        assertThat(dry.get("matched").asInt()).isEqualTo(3);
        assertThat(dry.get("state").asString()).isEqualTo("COMPLETED");

        Response accepted = post("/redrives", "{\"group\":\"stock\",\"perSecond\":1,\"stopOnFailure\":false}");
        assertThat(accepted.status()).isEqualTo(202);
        String path = accepted.headers().get("location").get(0).substring("/dead-letters".length());
        await().until(() -> get(path).json().get("redriven").asInt() >= 1);
        assertThat(post(path + "/cancel", null).json().get("state").asString()).isEqualTo("CANCELLED");
        assertProblem(post(path + "/cancel", null), 409, "redrive-not-running");
        assertThat(get("/redrives").json().get("items").get(0).get("endedBy").asString())
                .isEqualTo("operator");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "[]", "{\"perSecond\":0}", "{\"perSecond\":1001}", "{\"grop\":\"x\"}", "{\"from\":\"now\"}"})
    void a_job_that_is_not_well_described_is_not_begun(String json) {
        Response response = post("/redrives", json);
        assertProblem(response, 400, "invalid-request");
        assertThat(response.body()).doesNotContain("io.orderflow", "java.");
    }

    private static void dead(String... payloads) {
        for (String payload : payloads) {
            service.poison(UUID.randomUUID().toString(), payload.getBytes(StandardCharsets.UTF_8));
        }
        awaitNumber(payloads.length);
    }

    private static void awaitNumber(int number) {
        DeadLetters deadLetters = service.context.getBean(DeadLetters.class);
        await().until(() -> deadLetters.count(DeadLetterFilter.all()) == number);
    }

    private static String[] ids() {
        return get("").json().get("items").findValuesAsString("id").toArray(String[]::new);
    }

    private static Response get(String path) {
        return service.get("/dead-letters" + path, OPERATOR);
    }

    private static Response post(String path, String json) {
        return service.post("/dead-letters" + path, OPERATOR, json);
    }

    private static void assertProblem(Response response, int status, String type) {
        assertThat(response.status()).as(response.body()).isEqualTo(status);
        assertThat(response.json().get("type").asString()).isEqualTo("urn:orderflow:problem:" + type);
    }
}

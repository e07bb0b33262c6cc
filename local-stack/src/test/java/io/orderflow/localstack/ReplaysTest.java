package io.orderflow.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplaysTest {

    private static final String JOB = """
            {"id": "1f", "state": "%s", "topic": "orders", "group": "analytics", "total": 200, "handled": 50, "failed": 1,
             "perSecond": 25, "secondsLeft": 6, "firstMessageAt": "2026-11-20T10:00:00Z", "truncated": true, "note": "one failed"}
            """;

    private final StubService service = new StubService();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final List<String> completed = new ArrayList<>();

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void a_replay_is_asked_of_the_service_that_the_group_is_named_after_and_followed_to_its_end() {
        service.answer("/replays", 202, JOB.formatted("RUNNING"));
        service.answer("/replays/1f", 200, JOB.formatted("COMPLETED"));

        assertThat(run("orders --into analytics --from 2026-11-01T00:00:00Z")).isTrue();

        assertThat(service.asked()).containsExactly("POST /replays", "GET /replays/1f");
        assertThat(printed.toString(UTF_8))
                .contains(
                        "analytics:1f COMPLETED: orders into analytics, 50 of 200 messages (25 %), 1 failed, 25 a second,"
                                + " 6 s left, the first message is of 2026-11-20T10:00:00Z, and earlier ones may have been deleted."
                                + " one failed");
        assertThat(completed).containsExactly("analytics");
    }

    @Test
    void a_replay_that_is_cancelled_meanwhile_fails() {
        service.answer("/replays", 202, JOB.formatted("CANCELLED"));

        assertThat(run("orders --into shipping-express")).isFalse();
        assertThat(completed).isEmpty();
    }

    @Test
    void the_reason_of_a_refusal_is_printed() {
        service.answer("/replays", 409, "{\"detail\": \"The subscription of email on orders is not replayable.\"}");

        assertThat(run("orders --into email")).isFalse();
        assertThat(printed.toString(UTF_8))
                .contains("email-service: The subscription of email on orders is not replayable.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "orders",
                "orders more --into analytics",
                "orders --into analytics --from yesterday",
                "cancel",
                "list orders",
                "orders --colour"
            })
    void invalid_arguments_are_rejected_with_the_usage(String line) {
        assertThatThrownBy(() -> Replays.parse(line.split(" ")))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("usage:");
    }

    private boolean run(String line) {
        return new Replays(
                        Replays.parse(line.split(" ")),
                        service::port,
                        new PrintStream(printed, true, UTF_8),
                        completed::add)
                .run();
    }
}

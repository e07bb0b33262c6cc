package io.orderflow.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SubscriptionsTest {

    private static final String RUNNING =
            "{\"topic\": \"shipping\", \"group\": \"email\", \"members\": 1, \"pause\": null}";
    private static final String PAUSED = """
            {"topic": "orders", "group": "email", "members": 2,
             "pause": {"reason": "OPERATOR", "description": "paused by ada since 2026-11-27T10:00:00Z"}}""";

    private final StubService service = new StubService();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();

    @BeforeEach
    void subscriptions() {
        service.answer("/subscriptions", 200, "{\"items\": [" + RUNNING + "," + PAUSED + "]}");
    }

    @AfterEach
    void end() {
        service.close();
    }

    @Test
    void subscriptions_are_listed_with_their_state() {
        assertThat(run("list --service email")).isTrue();

        assertThat(printed.toString(UTF_8)).isEqualTo("""
                SERVICE  TOPIC     GROUP  MEMBERS  STATE
                email    shipping  email  1        running
                email    orders    email  2        operator: paused by ada since 2026-11-27T10:00:00Z
                """);
    }

    @Test
    void a_subscription_is_paused_at_the_service_that_has_it() {
        service.answer("/subscriptions/orders/email/pause", 200, PAUSED);

        assertThat(run("pause orders email --service email")).isTrue();

        assertThat(service.asked()).containsExactly("GET /subscriptions", "POST /subscriptions/orders/email/pause");
        assertThat(printed.toString(UTF_8))
                .isEqualTo("Group 'email' on topic 'orders' of email: operator: paused by ada since"
                        + " 2026-11-27T10:00:00Z.\n");
    }

    @Test
    void an_unknown_subscription_fails() {
        assertThat(run("resume orders printing")).isFalse();

        assertThat(printed.toString(UTF_8)).contains("group 'printing' on a topic 'orders'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "show", "list orders", "pause", "pause orders", "resume a b c", "list --colour"})
    void invalid_arguments_are_rejected_with_the_usage(String line) {
        assertThatThrownBy(() -> parse(line)).isInstanceOf(StackException.class).hasMessageContaining("usage:");
    }

    private boolean run(String line) {
        return new Subscriptions(parse(line), service::port, new PrintStream(printed, true, UTF_8)).run();
    }

    private static CommandLine parse(String line) {
        return Subscriptions.parse(line.isEmpty() ? new String[0] : line.split(" "));
    }
}

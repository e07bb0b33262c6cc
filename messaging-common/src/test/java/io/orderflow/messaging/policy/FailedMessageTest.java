package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.Subscription;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FailedMessageTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Subscription SUBSCRIPTION = new Subscription("orders", "stock", 1, ConsumerOptions.defaults());
    private static final byte[] BYTES = "{\"orderId\":\"o1\"}".getBytes(StandardCharsets.UTF_8);
    private static final int MAX_TEXT = 1_000;

    @Test
    void the_handler_sees_the_number_of_failed_attempts() {
        Delivery<String, byte[]> marked = FailedMessage.marked(delivery(Map.of()), new Attempts(2, NOW));

        assertThat(marked.message().header(Headers.ATTEMPTS)).isEqualTo("2");
    }

    @Test
    void a_first_attempt_does_not_see_forged_attempts() {
        Map<String, String> forged =
                Map.of(Headers.ATTEMPTS, "7", Headers.FIRST_FAILURE, "2020-01-01T00:00:00Z", "a", "b");

        Delivery<String, byte[]> marked = FailedMessage.marked(delivery(forged), new Attempts(0, null));

        assertThat(marked.message().headers()).containsOnly(Map.entry("a", "b"));
    }

    @Test
    void a_first_attempt_without_forged_headers_is_not_copied() {
        Delivery<String, byte[]> delivery = delivery(Map.of("a", "b"));

        assertThat(FailedMessage.marked(delivery, new Attempts(0, null))).isSameAs(delivery);
    }

    @Test
    void a_retry_has_the_same_bytes_and_its_attempts_and_origin_in_headers() {
        Message<String, byte[]> retry =
                FailedMessage.retry(delivery(Map.of(Headers.ID, "m1")), "derived", new Attempts(1, NOW), SUBSCRIPTION);

        assertThat(retry.value()).isSameAs(BYTES);
        assertThat(retry.headers())
                .containsOnly(
                        Map.entry(Headers.ID, "m1"),
                        Map.entry(Headers.ATTEMPTS, "1"),
                        Map.entry(Headers.FIRST_FAILURE, NOW.toString()),
                        Map.entry(Headers.ORIGIN_TOPIC, "orders"),
                        Map.entry(Headers.ORIGIN_GROUP, "stock"));
    }

    @Test
    void a_message_without_an_id_gets_the_derived_one() {
        for (Map<String, String> headers : List.of(Map.<String, String>of(), Map.of(Headers.ID, "  "))) {
            assertThat(FailedMessage.retry(delivery(headers), "derived", new Attempts(1, NOW), SUBSCRIPTION)
                            .header(Headers.ID))
                    .isEqualTo("derived");
        }
    }

    @Test
    void a_dead_letter_names_its_position_reason_cause_time_and_place() {
        FailedAttempt failed = attempt(new IllegalStateException("not counted"));

        Message<String, byte[]> deadLetter = FailedMessage.deadLetter(
                delivery(Map.of(Headers.ID, "m1")), "derived", failed, SUBSCRIPTION, "attempts-exhausted");

        assertThat(deadLetter.value()).isSameAs(BYTES);
        assertThat(deadLetter.headers())
                .containsEntry(Headers.ORIGIN_POSITION, "orders-0@1")
                .containsEntry(Headers.DEAD_LETTER_REASON, "attempts-exhausted")
                .containsEntry(Headers.DEAD_LETTER_CAUSE, "java.lang.IllegalStateException: not counted")
                .containsEntry(Headers.DEAD_LETTERED_AT, NOW.toString())
                .containsKey(Headers.DEAD_LETTER_PLACE);
    }

    @Test
    void a_failure_is_described_by_the_outermost_exception_and_the_root_cause() {
        Exception failure = new IllegalStateException("not saved", new RuntimeException(new IOException()));

        assertThat(FailedMessage.describe(failure))
                .isEqualTo("java.lang.IllegalStateException: not saved <- java.io.IOException");
    }

    @Test
    void text_of_a_foreign_producer_is_bounded_and_stays_on_one_line() {
        String forged = "m1\nERROR forged line\t" + "x".repeat(2 * MAX_TEXT);

        String name = FailedMessage.name(delivery(Map.of(Headers.ID, forged, Headers.TYPE, "order.placed.v1")));
        String cause = FailedMessage.describe(new IllegalStateException(forged));

        assertThat(name).startsWith("order.placed.v1 m1 ERROR forged line x").endsWith("… at orders-0@1");
        assertThat(cause).hasSize(MAX_TEXT).doesNotContain("\n");
    }

    @Test
    void a_message_without_id_and_type_is_named_by_its_position() {
        assertThat(FailedMessage.name(delivery(Map.of()))).isEqualTo("message at orders-0@1");
    }

    private static FailedAttempt attempt(Exception failure) {
        return new FailedAttempt(failure, "k", new Attempts(3, NOW), 1, NOW);
    }

    private static Delivery<String, byte[]> delivery(Map<String, String> headers) {
        return new Delivery<>("orders", new Message<>("k", BYTES, headers, Instant.EPOCH), "orders-0@1");
    }
}

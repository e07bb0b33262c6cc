package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.events.PostponedException;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.NotRetryableException;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RetryingTest extends RetryFixture {

    @Test
    void a_failed_message_is_retried_later_with_its_attempts_and_unchanged_bytes() throws Exception {
        handle(delivery("orders", Map.of(Headers.ID, "m1")), failing(new IllegalStateException("stock is counted")));

        assertThat(recovered.later).singleElement().satisfies(each -> {
            assertThat(each.topic()).isEqualTo("orders.inventory.retry");
            assertThat(each.message().value()).isSameAs(BYTES);
            assertThat(each.message().headers())
                    .containsEntry(Headers.ID, "m1")
                    .containsEntry(Headers.ATTEMPTS, "1")
                    .containsEntry(Headers.FIRST_FAILURE, NOW.toString())
                    .containsEntry(Headers.ORIGIN_TOPIC, "orders");
        });
        assertThat(recovered.deadLetters).isEmpty();
        assertThat(registry.counter("messaging.retried", "topic", "orders", "group", "inventory")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_postponed_message_is_handled_later_without_counting_an_attempt() throws Exception {
        handle(
                delivery("orders.inventory.retry", Map.of(Headers.ID, "m1", Headers.ATTEMPTS, "2")),
                failing(new PostponedException("not ready", Duration.ofSeconds(7))));

        assertThat(recovered.later).singleElement().satisfies(each -> {
            assertThat(each.topic()).isEqualTo("orders.inventory.retry");
            assertThat(each.delay()).isEqualTo(Duration.ofSeconds(7));
            assertThat(each.message().headers()).containsEntry(Headers.ATTEMPTS, "2");
        });
        assertThat(count("messaging.retried")).isZero();
    }

    @Test
    void a_postponed_message_has_not_failed_before() throws Exception {
        handle(delivery("orders", Map.of()), failing(new PostponedException("not ready", Duration.ofSeconds(7))));

        assertThat(recovered.later)
                .singleElement()
                .satisfies(each -> assertThat(each.message().headers())
                        .containsEntry(Headers.ATTEMPTS, "0")
                        .doesNotContainKey(Headers.FIRST_FAILURE));
    }

    @Test
    void a_message_without_an_id_keeps_the_derived_one() throws Exception {
        handle(delivery("orders", Map.of()), failing(new IllegalStateException("x")));
        assertThat(recovered.later.get(0).message().header(Headers.ID)).startsWith("sha-256:");
        assertThat(MessageId.of(new Delivery<>(
                        "orders.inventory.retry", recovered.later.get(0).message(), "orders.inventory.retry@9")))
                .isEqualTo(MessageId.of(delivery("orders", Map.of())));
    }

    @Test
    void a_blank_id_is_replaced_by_the_derived_one() throws Exception {
        handle(delivery("orders", Map.of(Headers.ID, " ")), failing(new IllegalStateException("x")));
        assertThat(recovered.later.get(0).message().header(Headers.ID)).startsWith("sha-256:");
    }

    @Test
    void a_failure_that_is_not_retryable_is_dead_lettered_at_once_with_its_own_reason() throws Exception {
        handle(delivery("orders", Map.of(Headers.ID, "m1")), failing(new RuntimeException(new Reused())));

        assertThat(recovered.deadLetters)
                .singleElement()
                .satisfies(each -> assertThat(each.message().header(Headers.DEAD_LETTER_REASON))
                        .isEqualTo("reused"));
    }

    private static final class Reused extends NotRetryableException {

        Reused() {
            super("The id is that of another message.", null);
        }

        @Override
        public String reason() {
            return "reused";
        }
    }

    @Test
    void a_failure_with_circular_causes_is_retried() throws Exception {
        Exception one = new IllegalStateException("one");
        Exception other = new IllegalStateException("other", one);
        one.initCause(other);
        handle(delivery("orders", Map.of(Headers.ID, "m1")), failing(one));
        assertThat(recovered.later).hasSize(1);
    }

    @Test
    void without_an_outbox_a_message_is_retried_in_place_and_then_dead_lettered() throws Exception {
        recovered.canDelay = false;
        handle(delivery("orders", Map.of(Headers.ID, "m1")), failing(new IllegalStateException("stock is counted")));

        assertThat(seen)
                .extracting(each -> each.message().headers().get(Headers.ATTEMPTS))
                .containsExactly(null, "1", "2");
        assertThat(slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(recovered.deadLetters)
                .singleElement()
                .satisfies(each -> assertThat(each.message().headers()).containsEntry(Headers.ATTEMPTS, "3"));
        assertThat(count("messaging.retried")).isEqualTo(2);
    }

    @Test
    void the_last_attempt_is_dead_lettered_with_the_cause_in_headers() throws Exception {
        Map<String, String> headers = Map.of(Headers.ATTEMPTS, "2", Headers.FIRST_FAILURE, "2026-11-21T09:00:00Z");
        handle(
                delivery("orders.inventory.retry", headers),
                failing(new IllegalStateException("outer", new IOException("inner"))));

        assertThat(recovered.deadLetters).singleElement().satisfies(each -> {
            assertThat(each.topic()).isEqualTo("orders.inventory.dlq");
            assertThat(each.message().value()).isSameAs(BYTES);
            assertThat(each.message().headers())
                    .containsEntry(Headers.ATTEMPTS, "3")
                    .containsEntry(Headers.FIRST_FAILURE, "2026-11-21T09:00:00Z")
                    .containsEntry(Headers.ORIGIN_TOPIC, "orders")
                    .containsEntry(Headers.ORIGIN_GROUP, "inventory")
                    .containsEntry(Headers.DEAD_LETTERED_AT, NOW.toString())
                    .containsEntry(
                            Headers.DEAD_LETTER_CAUSE,
                            "java.lang.IllegalStateException: outer <- java.io.IOException: inner");
        });
    }

    @Test
    void a_forged_number_of_attempts_is_ignored_on_the_topic_and_clamped_on_the_retry_topic() throws Exception {
        handle(delivery("orders", Map.of(Headers.ATTEMPTS, "2147483647")), failing(new IllegalStateException("x")));
        assertThat(seen.get(0).message().headers()).doesNotContainKey(Headers.ATTEMPTS);
        assertThat(recovered.later).hasSize(1);

        handle(
                delivery("orders.inventory.retry", Map.of(Headers.ATTEMPTS, "-7", Headers.FIRST_FAILURE, "never")),
                failing(new IllegalStateException("x")));
        assertThat(recovered.later).hasSize(2);

        handle(delivery("orders.inventory.retry", Map.of(Headers.ATTEMPTS, "2147483647")), this::see);
        assertThat(seen.get(2).message().headers()).containsEntry(Headers.ATTEMPTS, "2");
    }

    @Test
    void a_transient_failure_is_retried_in_place_and_not_counted() throws Exception {
        MessageHandler twiceDeadlocked = delivery -> {
            seen.add(delivery);
            if (seen.size() <= 2) {
                throw new SQLException("deadlock detected", "40P01");
            }
            return HandlerResult.HANDLED;
        };
        handle(delivery("orders", Map.of()), twiceDeadlocked);

        assertThat(seen).hasSize(3);
        assertThat(slept).hasSize(2);
        assertThat(recovered.later).isEmpty();
        assertThat(registry.counter("messaging.handled", "topic", "orders", "group", "inventory")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_huge_cause_with_line_breaks_becomes_one_line_of_bounded_size() throws Exception {
        handle(delivery("orders", Map.of()), failing(new AssertionError("a\nb".repeat(100_000))));
        String cause = recovered.deadLetters.get(0).message().header(Headers.DEAD_LETTER_CAUSE);
        assertThat(cause).hasSize(1_000).doesNotContain("\n");
    }
}

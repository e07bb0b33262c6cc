package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.handling.Subscription;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecoveryTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final int MAX_ATTEMPTS = 3;

    private final Subscription subscription = new Subscription("orders", "stock", 1, ConsumerOptions.defaults());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Recorder recorder = new Recorder();
    private final Recovery recovery =
            new Recovery(subscription, recorder, new HandlingMetrics(registry, subscription), () -> NOW);

    @Test
    void a_failed_attempt_is_counted_with_the_earlier_ones() {
        Attempts before = new Attempts(1, NOW.minusSeconds(60));

        FailedAttempt failed = recovery.failed(delivery("k", "m1"), before, 1, new IllegalStateException("failed"));

        assertThat(failed.attempts()).isEqualTo(new Attempts(2, NOW.minusSeconds(60)));
        assertThat(failed.key()).isEqualTo("k");
        assertThat(failed.time()).isEqualTo(NOW);
    }

    @Test
    void a_message_without_a_key_is_identified_by_its_id() {
        Delivery<String, byte[]> delivery = delivery(null, "m1");

        assertThat(recovery.failed(delivery, new Attempts(0, null), 1, new IllegalStateException())
                        .key())
                .isEqualTo(MessageId.of(delivery).toString());
    }

    @Test
    void a_retry_goes_to_the_retry_topic_after_the_delay_and_is_counted() {
        assertThat(recovery.retryLater(delivery("k", "m1"), failed(), Duration.ofSeconds(4), MAX_ATTEMPTS))
                .isTrue();

        assertThat(recorder.sent).singleElement().satisfies(sent -> {
            assertThat(sent.topic()).isEqualTo("orders.stock.retry");
            assertThat(sent.delay()).isEqualTo(Duration.ofSeconds(4));
            assertThat(sent.message().header(Headers.ATTEMPTS)).isEqualTo("1");
        });
        assertThat(count("messaging.retried")).isEqualTo(1);
    }

    @Test
    void a_message_of_a_suspected_outage_is_retried_at_once_without_counting_the_attempt() {
        assertThat(recovery.awaitRecovery(delivery("k", "m1"), failed())).isTrue();

        assertThat(recorder.sent).singleElement().satisfies(sent -> {
            assertThat(sent.delay()).isZero();
            assertThat(sent.message().header(Headers.ATTEMPTS)).isEqualTo("0");
        });
        assertThat(count("messaging.retried")).isZero();
    }

    @Test
    void a_postponed_message_has_not_failed() {
        Delivery<String, byte[]> forged = new Delivery<>(
                "orders",
                delivery("k", "m1").message().withHeader(Headers.FIRST_FAILURE, NOW.toString()),
                "orders-0@1");
        assertThat(recovery.postpone(forged, new Attempts(0, null), Duration.ofSeconds(4)))
                .isTrue();

        assertThat(recorder.sent).singleElement().satisfies(sent -> {
            assertThat(sent.delay()).isEqualTo(Duration.ofSeconds(4));
            assertThat(sent.message().headers())
                    .containsEntry(Headers.ATTEMPTS, "0")
                    .doesNotContainKey(Headers.FIRST_FAILURE);
        });
    }

    @Test
    void while_the_database_is_unavailable_a_message_waits_where_it_is() {
        FailedAttempt failed = recovery.failed(
                delivery("k", "m1"),
                new Attempts(0, null),
                1,
                new SQLException("the server is shutting down", "57P01"));

        assertThat(recovery.awaitRecovery(delivery("k", "m1"), failed)).isFalse();
        assertThat(recorder.sent).isEmpty();
    }

    @Test
    void where_nothing_can_be_delayed_the_caller_has_to_retry_in_place() {
        recorder.delaying = false;

        assertThat(recovery.retryLater(delivery("k", "m1"), failed(), Duration.ZERO, MAX_ATTEMPTS))
                .isFalse();
    }

    @Test
    void a_dead_letter_goes_to_the_groups_dead_letter_topic_with_its_reason_and_is_counted() {
        recovery.deadLetter(delivery("k", "m1"), failed(), "undecodable");

        assertThat(recorder.sent).singleElement().satisfies(sent -> {
            assertThat(sent.topic()).isEqualTo("orders.stock.dlq");
            assertThat(sent.message().header(Headers.DEAD_LETTER_REASON)).isEqualTo("undecodable");
        });
        assertThat(count("messaging.dead.lettered")).isEqualTo(1);
    }

    private FailedAttempt failed() {
        return recovery.failed(delivery("k", "m1"), new Attempts(0, null), 1, new IllegalStateException("failed"));
    }

    private static Delivery<String, byte[]> delivery(String key, String id) {
        return new Delivery<>(
                "orders", new Message<>(key, new byte[0], Map.of(Headers.ID, id), Instant.EPOCH), "orders-0@1");
    }

    private double count(String name) {
        return registry.get(name).tag("group", "stock").counter().count();
    }

    private record Sent(String topic, Message<String, byte[]> message, Duration delay) {}

    private static final class Recorder implements MessageRecoverer {

        final List<Sent> sent = new ArrayList<>();
        boolean delaying = true;

        @Override
        public boolean later(String topic, Message<String, byte[]> message, Duration delay) {
            if (delaying) {
                sent.add(new Sent(topic, message, delay));
            }
            return delaying;
        }

        @Override
        public void deadLetter(String topic, Message<String, byte[]> message) {
            sent.add(new Sent(topic, message, Duration.ZERO));
        }
    }
}

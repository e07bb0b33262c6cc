package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.NotRetryableException;
import io.orderflow.messaging.handling.Subscription;
import java.net.ConnectException;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionSystemException;

class RetryingTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final byte[] BYTES = "{\"orderId\":\"o1\"}".getBytes(StandardCharsets.UTF_8);

    private static final RetryPolicy POLICY = new RetryPolicy(
            3,
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0),
            Duration.ofMinutes(1),
            List.of(),
            List.of());

    private static final MessageIds IDS =
            new MessageIds(new BrokerTraits("test", true, true, true, BrokerLimits.ofMessageBytes(1_000)));

    private final Subscription subscription = new Subscription("orders", "inventory", 1, ConsumerOptions.defaults());
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Kept kept = new Kept();
    private final List<Duration> slept = new ArrayList<>();
    private final List<Delivery<String, byte[]>> seen = new ArrayList<>();
    private Instant now = NOW;
    private final Circuits circuits =
            new Circuits(subscription, new OperatorPauses(), each -> "order.created.v1", () -> now, () -> 0.5);
    private int stopAfter = Integer.MAX_VALUE;

    @Test
    void a_failure_is_kept_for_later_with_its_count_and_the_bytes_unchanged() throws Exception {
        handle(delivery("orders", Map.of(Headers.ID, "m1")), failing(new IllegalStateException("stock is counted")));

        assertThat(kept.later).singleElement().satisfies(each -> {
            assertThat(each.topic()).isEqualTo("orders.inventory.retry");
            assertThat(each.message().value()).isSameAs(BYTES);
            assertThat(each.message().headers())
                    .containsEntry(Headers.ID, "m1")
                    .containsEntry(Headers.ATTEMPTS, "1")
                    .containsEntry(Headers.FIRST_FAILURE, NOW.toString())
                    .containsEntry(Headers.ORIGIN_TOPIC, "orders");
        });
        assertThat(kept.deadLetters).isEmpty();
        assertThat(registry.counter("messaging.retried", "topic", "orders", "group", "inventory")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_message_that_came_without_an_id_keeps_the_name_it_was_given() throws Exception {
        handle(delivery("orders", Map.of()), failing(new IllegalStateException("x")));
        assertThat(kept.later.get(0).message().header(Headers.ID)).startsWith("sha-256:");
        assertThat(IDS.of(new Delivery<>(
                        "orders.inventory.retry", kept.later.get(0).message(), "orders.inventory.retry@9")))
                .isEqualTo(IDS.of(delivery("orders", Map.of())));
    }

    @Test
    void one_that_came_with_an_id_that_says_nothing_does_too() throws Exception {
        handle(delivery("orders", Map.of(Headers.ID, " ")), failing(new IllegalStateException("x")));
        assertThat(kept.later.get(0).message().header(Headers.ID)).startsWith("sha-256:");
    }

    @Test
    void what_is_not_retryable_is_dead_lettered_at_once_for_its_own_reason() throws Exception {
        handle(delivery("orders", Map.of(Headers.ID, "m1")), failing(new RuntimeException(new Reused())));

        assertThat(kept.deadLetters)
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
    void a_failure_whose_causes_go_in_a_circle_is_a_failure_like_others() throws Exception {
        Exception one = new IllegalStateException("one");
        Exception other = new IllegalStateException("other", one);
        one.initCause(other);
        handle(delivery("orders", Map.of(Headers.ID, "m1")), failing(one));
        assertThat(kept.later).hasSize(1);
    }

    @Test
    void where_not_even_the_rollback_succeeds_it_is_the_reason_for_it_that_tells_what_is_wrong() throws Exception {
        TransactionSystemException rollback =
                new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
        rollback.initApplicationException(
                new IllegalStateException("not saved", new SQLException("the server ends", "57P01")));
        handle(delivery("orders", Map.of()), untilAMinuteIsOver(rollback));

        assertThat(kept.later).isEmpty();
        assertThat(count("messaging.handled")).isEqualTo(1);
    }

    @Test
    void without_an_outbox_a_message_is_retried_in_place_and_then_dead_lettered() throws Exception {
        kept.canDelay = false;
        handle(delivery("orders", Map.of(Headers.ID, "m1")), failing(new IllegalStateException("stock is counted")));

        assertThat(seen)
                .extracting(each -> each.message().headers().get(Headers.ATTEMPTS))
                .containsExactly(null, "1", "2");
        assertThat(slept).containsExactly(Duration.ofSeconds(1), Duration.ofSeconds(2));
        assertThat(kept.deadLetters)
                .singleElement()
                .satisfies(each -> assertThat(each.message().headers()).containsEntry(Headers.ATTEMPTS, "3"));
        assertThat(count("messaging.retried")).isEqualTo(2);
    }

    @Test
    void without_an_outbox_a_message_waits_in_place_for_the_end_of_an_outage_and_costs_no_attempt() throws Exception {
        kept.canDelay = false;
        handle(
                delivery("orders", Map.of()),
                untilAMinuteIsOver(new IllegalStateException("no label", new ConnectException("refused"))));

        assertThat(seen).allMatch(each -> !each.message().headers().containsKey(Headers.ATTEMPTS));
        assertThat(kept.deadLetters).isEmpty();
        assertThat(count("messaging.handled")).isEqualTo(1);
    }

    @Test
    void the_last_attempt_is_dead_lettered_with_the_cause_in_headers() throws Exception {
        Map<String, String> headers = Map.of(Headers.ATTEMPTS, "2", Headers.FIRST_FAILURE, "2026-11-21T09:00:00Z");
        handle(
                delivery("orders.inventory.retry", headers),
                failing(new IllegalStateException("outer", new java.io.IOException("inner"))));

        assertThat(kept.deadLetters).singleElement().satisfies(each -> {
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
    void a_forged_count_is_not_believed_on_the_topic_itself_and_clamped_on_the_retry_topic() throws Exception {
        handle(delivery("orders", Map.of(Headers.ATTEMPTS, "2147483647")), failing(new IllegalStateException("x")));
        assertThat(seen.get(0).message().headers()).doesNotContainKey(Headers.ATTEMPTS);
        assertThat(kept.later).hasSize(1);

        handle(
                delivery("orders.inventory.retry", Map.of(Headers.ATTEMPTS, "-7", Headers.FIRST_FAILURE, "never")),
                failing(new IllegalStateException("x")));
        assertThat(kept.later).hasSize(2);

        handle(delivery("orders.inventory.retry", Map.of(Headers.ATTEMPTS, "2147483647")), this::see);
        assertThat(seen.get(2).message().headers()).containsEntry(Headers.ATTEMPTS, "2");
    }

    @Test
    void a_failure_that_passes_after_a_moment_leaves_no_trace() throws Exception {
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
        assertThat(kept.later).isEmpty();
        assertThat(registry.counter("messaging.handled", "topic", "orders", "group", "inventory")
                        .count())
                .isEqualTo(1);
    }

    @Test
    void a_database_that_is_away_is_waited_for_here_and_costs_no_attempt() throws Exception {
        handle(delivery("orders", Map.of()), untilAMinuteIsOver(new SQLException("connection refused", "08001")));

        assertThat(kept.later).isEmpty();
        assertThat(kept.deadLetters).isEmpty();
        assertThat(seen)
                .hasSizeBetween(5, 20)
                .allMatch(each -> !each.message().headers().containsKey(Headers.ATTEMPTS));
        assertThat(count("messaging.handled")).isEqualTo(1);
        assertThat(circuits.problem()).isNull();
    }

    @Test
    void told_to_stop_during_an_outage_it_leaves_the_message_with_the_broker() {
        stopAfter = 50;
        assertThatThrownBy(() ->
                        handle(delivery("orders", Map.of()), failing(new SQLException("connection refused", "08001"))))
                .isInstanceOf(InterruptedException.class);
        assertThat(circuits.problem()).contains("inventory on orders", "connection refused");
        assertThat(kept.later).isEmpty();
        assertThat(kept.deadLetters).isEmpty();
    }

    @Test
    void a_carrier_that_is_away_for_a_minute_costs_nobody_more_than_the_attempt_that_showed_it() throws Exception {
        MessageHandler carrier = untilAMinuteIsOver(new IllegalStateException("503"));
        for (int i = 1; i <= 40; i++) {
            handle(new Delivery<>("orders", new Message<>("o" + i, BYTES, Map.of(), NOW), "orders@" + i), carrier);
        }
        for (int round = 1; round <= 3 && !kept.later.isEmpty(); round++) {
            List<Kept.Sent> again = List.copyOf(kept.later);
            kept.later.clear();
            for (Kept.Sent each : again) {
                handle(new Delivery<>(each.topic(), each.message(), "retry"), carrier);
            }
        }
        assertThat(kept.deadLetters).isEmpty();
        assertThat(kept.later).isEmpty();
        assertThat(count("messaging.handled")).isEqualTo(40);
        assertThat(count("messaging.retried")).isEqualTo(OutageDetector.SEVERAL - 1);
    }

    @Test
    void a_message_that_is_held_keeps_its_count_of_attempts() throws Exception {
        handle(
                delivery("orders.inventory.retry", Map.of(Headers.ATTEMPTS, "2")),
                failing(new IllegalStateException("no label", new ConnectException("refused"))));

        assertThat(kept.deadLetters).isEmpty();
        assertThat(kept.later.get(0).message().headers())
                .containsEntry(Headers.ATTEMPTS, "2")
                .containsEntry(Headers.FIRST_FAILURE, NOW.toString());
    }

    @Test
    void poison_of_a_kind_that_nothing_heals_is_no_outage_however_much_of_it_comes() throws Exception {
        for (int i = 1; i <= 100; i++) {
            handle(
                    new Delivery<>("orders", new Message<>("o" + i, BYTES, Map.of(), NOW), "orders@" + i),
                    failing(new AssertionError("undecodable")));
        }
        assertThat(kept.deadLetters).hasSize(100);
        assertThat(circuits.problem()).isNull();
    }

    @Test
    void what_concerns_each_message_alone_is_no_outage_however_many_fail_alike() throws Exception {
        RetryPolicy policy = POLICY.neverAnOutage(AlreadyClaimed.class);
        for (int i = 1; i <= 20; i++) {
            handle(
                    new Delivery<>("orders", new Message<>("o" + i, BYTES, Map.of(), NOW), "orders@" + i),
                    failing(new AlreadyClaimed()),
                    policy);
        }
        assertThat(circuits.problem()).isNull();
        assertThat(kept.later)
                .hasSize(20)
                .allSatisfy(each -> assertThat(each.message().headers())
                        .as("it costs an attempt, as any failure of a message's own")
                        .containsEntry(Headers.ATTEMPTS, "1"));
        assertThat(slept).isEmpty();
    }

    @Test
    void what_concerns_a_message_alone_does_not_end_an_outage_and_leaves_others_their_turn() throws Exception {
        RetryPolicy policy = POLICY.neverAnOutage(AlreadyClaimed.class);
        Exception away = new IllegalStateException("no letter goes out", new ConnectException("refused"));
        handle(delivery("orders", Map.of()), failing(away), policy);

        handle(delivery("orders", Map.of()), failing(new AlreadyClaimed()), policy);

        assertThat(circuits.problem()).contains("refused");
        handle(delivery("orders", Map.of()), this::see, policy);
        assertThat(circuits.problem()).isNull();
    }

    @Test
    void what_was_skipped_shows_nothing_and_ends_no_outage() throws Exception {
        handle(
                delivery("orders", Map.of()),
                failing(new IllegalStateException("no label", new ConnectException("refused"))));

        handle(delivery("orders", Map.of()), delivery -> HandlerResult.SKIPPED);

        assertThat(circuits.problem()).contains("refused");
        assertThat(count("messaging.handled")).isEqualTo(1);
        assertThat(circuits.of(delivery("orders", Map.of())).isHeldBack())
                .as("it was the next one's turn at once")
                .isFalse();
    }

    private static final class AlreadyClaimed extends RuntimeException {}

    @Test
    void a_dead_letter_that_the_broker_does_not_take_leaves_the_message_with_the_broker() {
        kept.deadLetterFailure = new MessagingException("no answer", null);
        assertThatThrownBy(() -> handle(delivery("orders", Map.of()), failing(new AssertionError("a bug"))))
                .isSameAs(kept.deadLetterFailure);
        assertThat(registry.counter("messaging.dead.lettered", "topic", "orders", "group", "inventory")
                        .count())
                .isZero();
    }

    @Test
    void a_huge_cause_with_line_breaks_becomes_one_line_of_bounded_size() throws Exception {
        handle(delivery("orders", Map.of()), failing(new AssertionError("a\nb".repeat(100_000))));
        String cause = kept.deadLetters.get(0).message().header(Headers.DEAD_LETTER_CAUSE);
        assertThat(cause).hasSize(1_000).doesNotContain("\n");
    }

    private void handle(Delivery<String, byte[]> delivery, MessageHandler handler) throws Exception {
        handle(delivery, handler, POLICY);
    }

    private void handle(Delivery<String, byte[]> delivery, MessageHandler handler, RetryPolicy policy)
            throws Exception {
        HandlingMetrics metrics = new HandlingMetrics(registry, subscription);
        Recovery recovery = new Recovery(subscription, kept, IDS, metrics, () -> now);
        HandlerMiddleware.chain(List.of(metrics, new Retrying(policy, circuits, recovery, this::sleep)), handler)
                .handle(delivery);
    }

    private void sleep(Duration pause) throws InterruptedException {
        slept.add(pause);
        now = now.plus(pause);
        if (slept.size() > stopAfter) {
            throw new InterruptedException("stopped");
        }
    }

    private MessageHandler untilAMinuteIsOver(Exception failure) {
        MessageHandler failing = failing(failure);
        return delivery -> {
            return now.isBefore(NOW.plus(Duration.ofMinutes(1))) ? failing.handle(delivery) : HandlerResult.HANDLED;
        };
    }

    private double count(String name) {
        return registry.counter(name, "topic", "orders", "group", "inventory").count();
    }

    private HandlerResult see(Delivery<String, byte[]> delivery) {
        seen.add(delivery);
        return HandlerResult.HANDLED;
    }

    private MessageHandler failing(Throwable failure) {
        return delivery -> {
            seen.add(delivery);
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
    }

    private static Delivery<String, byte[]> delivery(String topic, Map<String, String> headers) {
        return new Delivery<>(topic, new Message<>("o1", BYTES, headers, NOW), topic + "@1");
    }

    private static final class Kept implements MessageRecoverer {

        record Sent(String topic, Message<String, byte[]> message) {}

        final List<Sent> later = new ArrayList<>();
        final List<Sent> deadLetters = new ArrayList<>();
        RuntimeException deadLetterFailure;
        boolean canDelay = true;

        @Override
        public boolean later(String topic, Message<String, byte[]> message, Duration delay) {
            return canDelay && later.add(new Sent(topic, message));
        }

        @Override
        public void deadLetter(String topic, Message<String, byte[]> message) {
            if (deadLetterFailure != null) {
                throw deadLetterFailure;
            }
            deadLetters.add(new Sent(topic, message));
        }
    }
}

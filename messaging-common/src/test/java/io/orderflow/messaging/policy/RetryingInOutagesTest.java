package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import java.net.ConnectException;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.transaction.TransactionSystemException;

/** What outages cost, and which failures are none. */
class RetryingInOutagesTest extends RetryFixture {

    @Test
    void a_failed_rollback_is_classified_by_the_failure_that_caused_it() throws Exception {
        TransactionSystemException rollback =
                new TransactionSystemException("JDBC rollback failed", new SQLException("Connection is closed"));
        rollback.initApplicationException(
                new IllegalStateException("not saved", new SQLException("the server ends", "57P01")));
        handle(delivery("orders", Map.of()), failingForAMinute(rollback));

        assertThat(recovered.later).isEmpty();
        assertThat(count("messaging.handled")).isEqualTo(1);
    }

    @Test
    void without_an_outbox_a_message_waits_in_place_for_the_end_of_an_outage_and_costs_no_attempt() throws Exception {
        recovered.canDelay = false;
        handle(
                delivery("orders", Map.of()),
                failingForAMinute(new IllegalStateException("no label", new ConnectException("refused"))));

        assertThat(seen).allMatch(each -> !each.message().headers().containsKey(Headers.ATTEMPTS));
        assertThat(recovered.deadLetters).isEmpty();
        assertThat(count("messaging.handled")).isEqualTo(1);
    }

    @Test
    void an_unavailable_database_is_awaited_in_place_and_costs_no_attempt() throws Exception {
        handle(delivery("orders", Map.of()), failingForAMinute(new SQLException("connection refused", "08001")));

        assertThat(recovered.later).isEmpty();
        assertThat(recovered.deadLetters).isEmpty();
        assertThat(seen)
                .hasSizeBetween(5, 20)
                .allMatch(each -> !each.message().headers().containsKey(Headers.ATTEMPTS));
        assertThat(count("messaging.handled")).isEqualTo(1);
        assertThat(circuits.problem()).isNull();
    }

    @Test
    void a_member_stopped_during_an_outage_leaves_the_message_on_the_broker() {
        stopAfter = 50;
        assertThatThrownBy(() ->
                        handle(delivery("orders", Map.of()), failing(new SQLException("connection refused", "08001"))))
                .isInstanceOf(InterruptedException.class);
        assertThat(circuits.problem()).contains("inventory on orders", "connection refused");
        assertThat(recovered.later).isEmpty();
        assertThat(recovered.deadLetters).isEmpty();
    }

    @Test
    void an_outage_of_a_minute_costs_only_the_attempts_that_revealed_it() throws Exception {
        MessageHandler carrier = failingForAMinute(new IllegalStateException("503"));
        for (int i = 1; i <= 40; i++) {
            handle(new Delivery<>("orders", new Message<>("o" + i, BYTES, Map.of(), NOW), "orders@" + i), carrier);
        }
        for (int round = 1; round <= 3 && !recovered.later.isEmpty(); round++) {
            List<RecordingRecoverer.Sent> again = List.copyOf(recovered.later);
            recovered.later.clear();
            for (RecordingRecoverer.Sent each : again) {
                handle(new Delivery<>(each.topic(), each.message(), "retry"), carrier);
            }
        }
        assertThat(recovered.deadLetters).isEmpty();
        assertThat(recovered.later).isEmpty();
        assertThat(count("messaging.handled")).isEqualTo(40);
        assertThat(count("messaging.retried")).isEqualTo(OutageDetector.SEVERAL - 1);
    }

    @Test
    void a_message_that_awaits_the_end_of_an_outage_keeps_its_attempts() throws Exception {
        handle(
                delivery("orders.inventory.retry", Map.of(Headers.ATTEMPTS, "2")),
                failing(new IllegalStateException("no label", new ConnectException("refused"))));

        assertThat(recovered.deadLetters).isEmpty();
        assertThat(recovered.later.get(0).message().headers())
                .containsEntry(Headers.ATTEMPTS, "2")
                .containsEntry(Headers.FIRST_FAILURE, NOW.toString());
    }

    @Test
    void any_number_of_undecodable_messages_is_no_outage() throws Exception {
        for (int i = 1; i <= 100; i++) {
            handle(
                    new Delivery<>("orders", new Message<>("o" + i, BYTES, Map.of(), NOW), "orders@" + i),
                    failing(new AssertionError("undecodable")));
        }
        assertThat(recovered.deadLetters).hasSize(100);
        assertThat(circuits.problem()).isNull();
    }

    @Test
    void any_number_of_failures_that_concern_single_messages_is_no_outage() throws Exception {
        RetryPolicy policy = POLICY.neverAnOutage(AlreadyClaimed.class);
        for (int i = 1; i <= 20; i++) {
            handle(
                    new Delivery<>("orders", new Message<>("o" + i, BYTES, Map.of(), NOW), "orders@" + i),
                    failing(new AlreadyClaimed()),
                    policy);
        }
        assertThat(circuits.problem()).isNull();
        assertThat(recovered.later)
                .hasSize(20)
                .allSatisfy(each ->
                        assertThat(each.message().headers()).as("attempts").containsEntry(Headers.ATTEMPTS, "1"));
        assertThat(slept).isEmpty();
    }

    @Test
    void a_failure_that_concerns_a_single_message_does_not_end_an_outage() throws Exception {
        RetryPolicy policy = POLICY.neverAnOutage(AlreadyClaimed.class);
        Exception outage = new IllegalStateException("no mail is sent", new ConnectException("refused"));
        handle(delivery("orders", Map.of()), failing(outage), policy);

        handle(delivery("orders", Map.of()), failing(new AlreadyClaimed()), policy);

        assertThat(circuits.problem()).contains("refused");
        handle(delivery("orders", Map.of()), this::see, policy);
        assertThat(circuits.problem()).isNull();
    }

    @Test
    void a_skipped_message_does_not_end_an_outage() throws Exception {
        handle(
                delivery("orders", Map.of()),
                failing(new IllegalStateException("no label", new ConnectException("refused"))));

        handle(delivery("orders", Map.of()), delivery -> HandlerResult.SKIPPED);

        assertThat(circuits.problem()).contains("refused");
        assertThat(count("messaging.handled")).isEqualTo(1);
        assertThat(circuits.of(delivery("orders", Map.of())).isHeldBack())
                .as("whether the next message is held back")
                .isFalse();
    }

    private static final class AlreadyClaimed extends RuntimeException {}

    @Test
    void a_message_whose_dead_letter_is_not_accepted_stays_on_the_broker() {
        recovered.deadLetterFailure = new MessagingException("no answer", null);
        assertThatThrownBy(() -> handle(delivery("orders", Map.of()), failing(new AssertionError("a bug"))))
                .isSameAs(recovered.deadLetterFailure);
        assertThat(registry.counter("messaging.dead.lettered", "topic", "orders", "group", "inventory")
                        .count())
                .isZero();
    }
}

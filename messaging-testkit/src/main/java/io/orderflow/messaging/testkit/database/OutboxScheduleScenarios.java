package io.orderflow.messaging.testkit.database;

import static io.orderflow.messaging.testkit.database.OutboxScenario.PATIENCE;
import static io.orderflow.messaging.testkit.database.OutboxScenario.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.outbox.Schedule;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Scheduled messages: sent when they are due, replaced and cancelled before. */
interface OutboxScheduleScenarios extends InOutboxScenario {

    Duration SOON = Duration.ofMillis(700);
    Duration LATER = Duration.ofHours(1);

    @Test
    default void a_scheduled_message_is_sent_when_it_is_due_and_not_before() {
        OutboxScenario s = scenario();
        s.relay();
        Instant due = Instant.now().plus(SOON);
        s.inTransaction(() -> {
            schedule("one", "scheduled", SOON);
            s.add("a", "now");
        });

        s.awaitSent(1);
        assertThat(s.sends().firsts()).containsExactly("now");
        s.awaitEmpty();
        assertThat(Instant.now()).isAfterOrEqualTo(due.minusMillis(5));
        assertThat(s.sends().firsts()).containsExactly("now", "scheduled");
    }

    @Test
    default void a_schedule_that_is_rolled_back_does_not_exist() {
        OutboxScenario s = scenario();

        rolledBack(() -> s.inTransaction(() -> {
            schedule("one", "never", Duration.ZERO);
            throw new RolledBack();
        }));

        assertThat(s.rows()).isZero();
    }

    @Test
    default void a_cancelled_message_is_never_sent() {
        OutboxScenario s = scenario();
        s.inTransaction(() -> {
            schedule("in the same transaction", "never", Duration.ZERO);
            assertThat(s.outbox().cancel("in the same transaction")).isTrue();
            schedule("later", "never", SOON);
        });

        assertThat(cancel("later")).isTrue();
        assertThat(cancel("later")).isFalse();

        s.relay();
        s.inTransaction(() -> schedule("after them", "sent", SOON.plusMillis(100)));
        s.awaitSent(1);
        assertThat(s.sends().firsts()).containsExactly("sent");
    }

    @Test
    default void a_cancellation_that_is_rolled_back_cancels_nothing() {
        OutboxScenario s = scenario();
        s.relay();
        s.inTransaction(() -> schedule("one", "sent", SOON));

        rolledBack(() -> s.inTransaction(() -> {
            assertThat(s.outbox().cancel("one")).isTrue();
            throw new RolledBack();
        }));

        s.awaitSent(1);
        s.awaitEmpty();
    }

    @Test
    default void a_message_of_the_same_name_replaces_one_that_is_not_being_sent() {
        OutboxScenario s = scenario();
        s.inTransaction(() -> {
            schedule("one", "first", LATER);
            schedule("one", "second", LATER);
        });
        s.inTransaction(() -> schedule("one", "third", Duration.ZERO));
        assertThat(s.rows()).isOne();

        s.relay();
        s.awaitEmpty();
        assertThat(s.sends().firsts()).containsExactly("third");
        s.inTransaction(() -> schedule("one", "again", Duration.ZERO));
        s.awaitSent(2);
        assertThat(s.sends().firsts()).containsExactly("third", "again");
    }

    @Test
    default void a_message_that_is_being_sent_cannot_be_cancelled_and_is_sent_after_a_restart() throws Exception {
        OutboxScenario s = scenario();
        s.sends().unavailable(true);
        OutboxConformance.Relay crashed = s.relay();
        s.inTransaction(() -> schedule("one", "claimed", Duration.ZERO));
        await().atMost(PATIENCE).until(() -> claimed() == 1);
        crashed.close();

        assertThat(cancel("one")).isFalse();
        s.inTransaction(() -> schedule("one", "another", LATER));
        assertThat(s.rows()).isEqualTo(2);

        s.sends().unavailable(false);
        s.relay();
        s.awaitSent(1);
        assertThat(s.sends().firsts()).containsExactly("claimed");
        assertThat(cancel("one")).isTrue();
    }

    /** The relay neither waits for the lock nor sends the message. */
    @Test
    default void a_cancellation_in_a_long_transaction_delays_no_other_message_and_is_not_overtaken() throws Exception {
        OutboxScenario s = scenario();
        s.inTransaction(() -> schedule("one", "never", SOON));
        CountDownLatch cancelled = new CountDownLatch(1);
        CountDownLatch commit = new CountDownLatch(1);
        Future<?> slow = s.threads(1)
                .submit(() -> s.inTransaction(() -> {
                    assertThat(s.outbox().cancel("one")).isTrue();
                    cancelled.countDown();
                    try {
                        commit.await();
                    } catch (InterruptedException e) {
                        throw new IllegalStateException(e);
                    }
                }));
        cancelled.await();
        s.relay();
        s.inTransaction(() -> schedule("two", "due later", SOON.plusMillis(100)));

        s.awaitSent(1);
        commit.countDown();
        slow.get();

        s.awaitEmpty();
        assertThat(s.sends().firsts()).containsExactly("due later");
    }

    @Test
    default void with_several_relays_each_message_is_either_cancelled_or_sent() throws Exception {
        OutboxScenario s = scenario();
        IntStream.range(0, 3).forEach(i -> s.relay());
        int messages = 200;
        for (int i = 0; i < messages; i++) {
            String text = Integer.toString(i);
            Duration delay = Duration.ofMillis(300 + i * 2);
            s.inTransaction(() -> schedule(text, text, delay));
        }
        ExecutorService threads = s.threads(4);
        List<Future<String>> racing = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            String name = Integer.toString(i);
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> s.jdbc()
                            .sql("select not exists (select from messaging_outbox where schedule_name = ?"
                                    + " and not_before > clock_timestamp())")
                            .param(name)
                            .query(Boolean.class)
                            .single());
            racing.add(threads.submit(() -> cancel(name) ? name : ""));
        }
        List<String> cancelled = new ArrayList<>();
        for (Future<String> each : racing) {
            cancelled.add(each.get());
        }
        cancelled.removeIf(String::isEmpty);

        s.awaitEmpty();
        assertThat(s.sends().firsts()).doesNotContainAnyElementsOf(cancelled.isEmpty() ? List.of("-") : cancelled);
        assertThat(Set.copyOf(s.sends().firsts())).hasSize(messages - cancelled.size());
    }

    @Test
    default void nothing_is_scheduled_or_cancelled_without_a_transaction() {
        OutboxScenario s = scenario();

        assertThatThrownBy(() -> schedule("one", "never", LATER))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'one' was not scheduled");
        assertThatThrownBy(() -> s.outbox().cancel("one"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("'one' was not cancelled");
    }

    /** Rolls a transaction back. */
    class RolledBack extends RuntimeException {

        private static final long serialVersionUID = 1L;
    }

    private static void rolledBack(ThrowingCallable transaction) {
        assertThatThrownBy(transaction).isInstanceOf(RolledBack.class);
    }

    private void schedule(String name, String text, Duration delay) {
        scenario().outbox().schedule(new Schedule(name, Instant.now().plus(delay)), "orders", message("a", text));
    }

    private boolean cancel(String name) {
        AtomicBoolean cancelled = new AtomicBoolean();
        scenario().inTransaction(() -> cancelled.set(scenario().outbox().cancel(name)));
        return cancelled.get();
    }

    private long claimed() {
        return scenario()
                .jdbc()
                .sql("select count(*) from messaging_outbox where claimed_at is not null")
                .query(Long.class)
                .single();
    }
}

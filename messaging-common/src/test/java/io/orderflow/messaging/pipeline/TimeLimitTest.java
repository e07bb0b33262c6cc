package io.orderflow.messaging.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    private final AtomicBoolean over = new AtomicBoolean();
    private Thread watch = new Thread(() -> {});

    @AfterEach
    void stopWatching() throws InterruptedException {
        over.set(true);
        watch.join();
    }

    @Test
    void a_handler_whose_time_is_up_is_interrupted_and_fails_with_a_sentence() {
        assertThatThrownBy(() -> handle(limit(Duration.ofMillis(20)), TimeLimitTest::waitForEver))
                .isInstanceOf(HandlerTimedOutException.class)
                .hasMessage("The handler did not return within 20 ms.")
                .hasNoCause();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void one_that_swallows_the_interrupt_and_returns_late_fails_all_the_same() {
        AtomicBoolean returned = new AtomicBoolean();
        MessageHandler stubborn = delivery -> {
            try {
                waitForEver(delivery);
            } catch (InterruptedException e) {
                returned.set(true);
            }
            return HandlerResult.HANDLED;
        };
        assertThatThrownBy(() -> handle(limit(Duration.ofMillis(20)), stubborn))
                .isInstanceOf(HandlerTimedOutException.class);
        assertThat(returned).isTrue();
    }

    /** The server ends a transaction that idles for as long as a handler may take. */
    @Test
    void one_that_fails_late_has_taken_too_long_even_if_nobody_has_interrupted_it_yet() {
        TimeLimit unwatched = new TimeLimit("orders-inventory-1", Duration.ofMillis(20));
        assertThatThrownBy(() -> handle(unwatched, delivery -> {
                    long end = System.nanoTime() + Duration.ofMillis(30).toNanos();
                    while (System.nanoTime() < end) {
                        Thread.onSpinWait();
                    }
                    throw new SQLException("the connection is closed", "08006");
                }))
                .isInstanceOf(HandlerTimedOutException.class);
    }

    @Test
    void one_that_is_in_time_is_left_alone_and_so_is_the_next() throws Exception {
        TimeLimit limit = limit(Duration.ofMinutes(1));
        handle(limit, delivery -> HandlerResult.HANDLED);
        handle(limit, delivery -> HandlerResult.HANDLED);
        assertThat(limit.finished()).isEqualTo(2);
        assertThat(limit.problem()).isNull();
    }

    @Test
    void the_clock_starts_anew_with_every_message() throws Exception {
        TimeLimit limit = limit(Duration.ofMillis(200));
        for (int i = 0; i < 4; i++) {
            long until = System.nanoTime() + Duration.ofMillis(80).toNanos();
            handle(limit, delivery -> {
                while (System.nanoTime() < until) {
                    Thread.onSpinWait();
                }
                return HandlerResult.HANDLED;
            });
        }
        assertThat(limit.finished()).isEqualTo(4);
    }

    @Test
    void told_to_stop_it_interrupts_and_the_message_goes_back() {
        TimeLimit limit = limit(Duration.ofMinutes(1));
        assertThatThrownBy(() -> handle(limit, delivery -> {
                    new Thread(limit::stop).start();
                    return waitForEver(delivery);
                }))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("returns to the broker");
    }

    @Test
    void told_to_stop_between_two_messages_it_begins_no_other() {
        TimeLimit limit = limit(Duration.ofMinutes(1));
        limit.stop();
        AtomicBoolean begun = new AtomicBoolean();
        assertThatThrownBy(() -> handle(limit, delivery -> {
                    begun.set(true);
                    return HandlerResult.HANDLED;
                }))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("returns to the broker");
        assertThat(begun).isFalse();
    }

    @Test
    void a_handler_that_was_interrupted_by_nobody_fails_like_any_other() {
        assertThatThrownBy(() -> handle(limit(Duration.ofMinutes(1)), delivery -> {
                    throw new InterruptedException("a helper of mine");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a helper of mine");
    }

    @Test
    void a_handler_leaves_no_interrupt_to_the_next_one() throws Exception {
        TimeLimit limit = limit(Duration.ofMinutes(1));
        handle(limit, delivery -> {
            Thread.currentThread().interrupt();
            return HandlerResult.HANDLED;
        });
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private static HandlerResult waitForEver(Delivery<String, byte[]> delivery) throws InterruptedException {
        new CountDownLatch(1).await();
        return HandlerResult.HANDLED;
    }

    private TimeLimit limit(Duration longest) {
        TimeLimit limit = new TimeLimit("orders-inventory-1", longest);
        watch = new Thread(() -> {
            while (!over.get()) {
                limit.check();
                Thread.onSpinWait();
            }
        });
        watch.start();
        return limit;
    }

    private static void handle(TimeLimit limit, MessageHandler handler) throws Exception {
        byte[] bytes = "{}".getBytes(StandardCharsets.UTF_8);
        limit.around(handler)
                .handle(new Delivery<>("orders", new Message<>("k", bytes, Map.of(), Instant.EPOCH), "orders@1"));
    }
}

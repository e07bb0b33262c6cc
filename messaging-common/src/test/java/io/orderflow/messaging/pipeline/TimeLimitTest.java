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
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TimeLimitTest {

    private static final Duration LIMIT = Duration.ofMillis(200);

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE); // System.nanoTime() may overflow
    private final TimeLimit limit = new TimeLimit("orders-inventory-1", LIMIT, nanos::get);

    @Test
    void a_handler_that_exceeds_its_limit_is_interrupted_and_fails() {
        assertThatThrownBy(() -> handle(delivery -> {
                    checkAfter(LIMIT.plusMillis(1));
                    return waitForEver();
                }))
                .isInstanceOf(HandlerTimedOutException.class)
                .hasMessage("The handler did not return within 200 ms.")
                .hasNoCause();
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void a_handler_that_swallows_the_interrupt_and_returns_late_fails() {
        AtomicBoolean interrupted = new AtomicBoolean();
        assertThatThrownBy(() -> handle(delivery -> {
                    checkAfter(LIMIT.plusMillis(1));
                    interrupted.set(Thread.interrupted());
                    return HandlerResult.HANDLED;
                }))
                .isInstanceOf(HandlerTimedOutException.class);
        assertThat(interrupted).isTrue();
    }

    /** The server ends a transaction that is idle for as long as a handler may take. */
    @Test
    void a_handler_that_fails_late_has_timed_out_even_if_it_was_not_interrupted() {
        assertThatThrownBy(() -> handle(delivery -> {
                    pass(LIMIT.plusMillis(1));
                    throw new SQLException("the connection is closed", "08006");
                }))
                .isInstanceOf(HandlerTimedOutException.class)
                .hasNoCause();
    }

    @Test
    void a_handler_that_ignores_the_interrupt_is_a_problem_until_it_returns() {
        assertThatThrownBy(() -> handle(delivery -> {
                    checkAfter(LIMIT.plusMillis(1));
                    assertThat(limit.problem()).isNull();
                    checkAfter(Duration.ofSeconds(5));
                    assertThat(limit.problem()).contains("orders@1", "ignores being interrupted");
                    return HandlerResult.HANDLED;
                }))
                .isInstanceOf(HandlerTimedOutException.class);
        assertThat(limit.problem()).isNull();
    }

    @Test
    void the_limit_is_that_of_one_message() throws Exception {
        for (int i = 0; i < 4; i++) {
            handle(delivery -> {
                checkAfter(LIMIT);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                return HandlerResult.HANDLED;
            });
        }
        assertThat(limit.finished()).isEqualTo(4);
        assertThat(limit.problem()).isNull();
    }

    @Test
    void a_stop_interrupts_the_handler_and_returns_its_message() {
        assertThatThrownBy(() -> handle(delivery -> {
                    new Thread(limit::stop).start();
                    return waitForEver();
                }))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("returns to the broker");
    }

    @Test
    void no_message_is_begun_after_a_stop() {
        limit.stop();
        AtomicBoolean begun = new AtomicBoolean();
        assertThatThrownBy(() -> handle(delivery -> {
                    begun.set(true);
                    return HandlerResult.HANDLED;
                }))
                .isInstanceOf(InterruptedException.class)
                .hasMessageContaining("returns to the broker");
        assertThat(begun).isFalse();
    }

    @Test
    void an_interrupt_from_elsewhere_is_a_failure_of_the_handler() {
        assertThatThrownBy(() -> handle(delivery -> {
                    throw new InterruptedException("a helper of mine");
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasRootCauseMessage("a helper of mine");
    }

    @Test
    void a_handler_leaves_no_interrupt_to_the_next_one() throws Exception {
        handle(delivery -> {
            Thread.currentThread().interrupt();
            return HandlerResult.HANDLED;
        });
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    private void checkAfter(Duration time) {
        pass(time);
        limit.check();
    }

    private static HandlerResult waitForEver() throws InterruptedException {
        new CountDownLatch(1).await();
        return HandlerResult.HANDLED;
    }

    private void handle(MessageHandler handler) throws Exception {
        byte[] bytes = "{}".getBytes(StandardCharsets.UTF_8);
        limit.around(handler)
                .handle(new Delivery<>("orders", new Message<>("k", bytes, Map.of(), Instant.EPOCH), "orders@1"));
    }
}

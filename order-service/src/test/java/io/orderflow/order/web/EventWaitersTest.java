package io.orderflow.order.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.web.ErrorResponseException;

class EventWaitersTest {

    private static final Duration LONG = Duration.ofMinutes(1);

    private final EventWaiters waiters = new EventWaiters();

    @Test
    void aWaiterIsAskedUntilItIsDone() {
        AtomicInteger asked = new AtomicInteger();
        waiters.await(LONG, isLast -> asked.incrementAndGet() == 3);

        for (int i = 0; i < 5; i++) {
            waiters.ask();
        }

        assertThat(asked).hasValue(3);
    }

    @Test
    void itIsToldThatItsTimeIsOver() {
        AtomicBoolean last = new AtomicBoolean();
        waiters.await(Duration.ZERO, isLast -> {
            last.set(isLast);
            return isLast;
        });

        assertThat(last).isTrue();
    }

    @Test
    void aFailureIsReportedAndKeepsNobodyElseWaiting() {
        AtomicInteger asked = new AtomicInteger();
        waiters.await(LONG, isLast -> {
            if (asked.incrementAndGet() > 1) {
                throw new IllegalStateException("unavailable");
            }
            return false;
        });
        AtomicInteger other = new AtomicInteger();
        waiters.await(LONG, isLast -> other.incrementAndGet() == 2);

        assertThatThrownBy(waiters::ask).hasMessage("unavailable");

        assertThat(other).hasValue(2);
    }

    @Test
    void tooManyAreRefusedUntilOthersAreDone() {
        AtomicBoolean done = new AtomicBoolean();
        for (int i = 0; i < EventWaiters.MOST; i++) {
            waiters.await(LONG, isLast -> done.get());
        }
        assertThatThrownBy(() -> waiters.await(LONG, isLast -> false))
                .isInstanceOfSatisfying(
                        ErrorResponseException.class,
                        e -> assertThat(e.getStatusCode().value()).isEqualTo(503));

        done.set(true);
        waiters.ask();
        waiters.await(LONG, isLast -> false);
    }
}

package io.orderflow.messaging.supervision;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.policy.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SupervisedLoopTest {

    private static final Duration LONG = Duration.ofMinutes(10);

    private Instant now = Instant.parse("2026-11-21T10:00:00Z");
    private volatile boolean clockFails;
    private final Deque<Callable<Round>> rounds = new ArrayDeque<>();
    private final AtomicInteger resets = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();
    private final CountDownLatch inRound = new CountDownLatch(1);
    private LoopBody body = new LoopBody() {
        @Override
        public Round run(LoopControl loop) throws Exception {
            return rounds.remove().call();
        }

        @Override
        public void reset() {
            resets.incrementAndGet();
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    };
    private SupervisedLoop loop = loop(body);

    @AfterEach
    void stop() {
        loop.requestStop();
        loop.interrupt();
    }

    @Test
    void a_round_decides_when_the_next_one_is_due() {
        rounds.add(() -> Round.after(Duration.ofSeconds(3)));
        rounds.add(Round::next);
        assertThat(loop.round()).isEqualTo(Duration.ofSeconds(3));
        assertThat(loop.round()).isZero();
        assertThat(loop.lastProgress()).isEqualTo(now);
    }

    @Test
    void failures_are_followed_by_growing_pauses_and_a_reset() {
        for (int i = 0; i < 4; i++) {
            rounds.add(this::fail);
        }
        assertThat(loop.round()).isEqualTo(Duration.ofSeconds(1));
        assertThat(loop.round()).isEqualTo(Duration.ofSeconds(2));
        assertThat(loop.round()).isEqualTo(Duration.ofSeconds(4));
        assertThat(loop.round()).isEqualTo(Duration.ofSeconds(4));
        assertThat(resets).hasValue(4);
        assertThat(loop.failure().count()).isEqualTo(4);
        assertThat(loop.failure().since()).isEqualTo(now);
    }

    @Test
    void a_conclusive_round_ends_a_row_of_failures() {
        rounds.add(this::fail);
        rounds.add(() -> Round.after(LONG));
        rounds.add(this::fail);
        loop.round();
        loop.round();
        assertThat(loop.failure()).isNull();
        assertThat(loop.round()).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void idle_rounds_end_a_row_of_failures_only_after_a_while() {
        rounds.add(this::fail);
        rounds.add(() -> Round.idle(Duration.ZERO));
        rounds.add(() -> Round.idle(Duration.ZERO));
        loop.round();
        loop.round();
        assertThat(loop.failure()).isNotNull();
        now = now.plus(SupervisedLoop.RECOVERED_AFTER).plusMillis(1);
        loop.round();
        assertThat(loop.failure()).isNull();
    }

    @Test
    void an_error_while_a_failure_is_handled_restarts_the_loop() {
        AtomicInteger calls = new AtomicInteger();
        loop = loop(control -> {
            if (calls.incrementAndGet() == 1) {
                clockFails = true; // the reporter fails as well
                throw new OutOfMemoryError("because this test says so");
            }
            return Round.after(LONG);
        });
        loop.start();
        await().until(() -> calls.get() == 2);
        assertThat(loop.restarts()).isEqualTo(1);
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void a_stop_ends_a_pause_and_closes_the_body() throws Exception {
        rounds.add(() -> Round.after(LONG));
        loop.start();
        await().until(() -> loop.lastProgress() != null);
        loop.requestStop();
        assertThat(loop.awaitEnd(LONG)).isTrue();
        assertThat(closed).hasValue(1);
        assertThat(resets).hasValue(0);
    }

    @Test
    void a_failure_while_it_stops_is_none() {
        loop.requestStop();
        rounds.add(this::fail);
        assertThat(loop.round()).isZero();
        assertThat(loop.failure()).isNull();
    }

    @Test
    void a_wake_up_ends_a_pause() {
        AtomicInteger calls = new AtomicInteger();
        loop = loop(control -> {
            calls.incrementAndGet();
            return Round.after(LONG);
        });
        loop.start();
        await().until(() -> calls.get() == 1);
        await().until(() -> {
            loop.wake();
            return calls.get() > 1;
        });
    }

    @Test
    void a_sleep_within_a_round_ends_with_the_stop_and_not_with_a_wake_up() throws Exception {
        CountDownLatch interrupted = new CountDownLatch(1);
        loop = loop(control -> {
            inRound.countDown();
            try {
                control.sleep(LONG);
            } catch (InterruptedException e) {
                interrupted.countDown();
                throw e;
            }
            return Round.next();
        });
        loop.start();
        inRound.await();
        loop.wake();
        assertThat(interrupted.getCount()).isEqualTo(1);
        assertThat(loop.stop(LONG)).isTrue();
        assertThat(interrupted.getCount()).isZero();
    }

    @Test
    void it_can_be_started_again() {
        AtomicInteger calls = new AtomicInteger();
        loop = loop(control -> {
            calls.incrementAndGet();
            return Round.after(LONG);
        });
        loop.start();
        loop.start();
        await().until(() -> calls.get() == 1);
        assertThat(loop.stop(LONG)).isTrue();
        loop.start();
        await().until(() -> calls.get() == 2);
    }

    private Round fail() {
        throw new IllegalStateException("because this test says so");
    }

    private SupervisedLoop loop(LoopBody runs) {
        FailureReporter reporter = new FailureReporter(() -> {
            if (clockFails) {
                clockFails = false;
                throw new OutOfMemoryError("because this test says so");
            }
            return now;
        });
        return new SupervisedLoop(
                "test", runs, new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4), 0), reporter, true);
    }
}

package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.orderflow.messaging.events.PostponedException;
import io.orderflow.messaging.events.RetryAfterException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class RetryScheduleTest {

    private static final Duration SHORT = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LONG = Duration.ofHours(2);
    private static final Instant NOW = Instant.parse("2026-11-27T10:00:00Z");

    private final RetrySchedule schedule = new RetrySchedule(List.of(SHORT, LONG));
    private final RetryPolicy policy = RetryPolicy.defaults().scheduled(schedule);

    @Test
    void eachFailureHasItsDelayAndTheLastDelayIsRepeated() {
        assertThat(schedule.after(1, () -> 0)).isEqualTo(SHORT);
        assertThat(schedule.after(2, () -> 0)).isEqualTo(LONG);
        assertThat(schedule.after(9, () -> 0)).isEqualTo(LONG);
    }

    @Test
    void jitterOnlyProlongs() {
        assertThat(schedule.after(1, () -> 1)).isEqualTo(Duration.ofSeconds(6));
    }

    @Test
    void aPolicyWithAScheduleHasOneAttemptMoreThanDelays() {
        assertThat(decide(1, new IllegalStateException())).isEqualTo(new FailureDecision.RetryLater(SHORT));
        assertThat(decide(2, new IllegalStateException())).isEqualTo(new FailureDecision.RetryLater(LONG));
        assertThat(decide(3, new IllegalStateException())).isInstanceOf(FailureDecision.DeadLetter.class);
        assertThat(policy)
                .hasToString("up to 3 attempts of at most 60.0 s, pausing 5.0 s, 7200.0 s, then dead-lettered");
    }

    @Test
    void aFailureRequestsALongerDelayButNoShorterOneAndNoFurtherAttempt() {
        RetryAfterException busy = new RetryAfterException("busy", MINUTE);
        assertThat(decide(1, busy)).isEqualTo(new FailureDecision.RetryLater(MINUTE));
        assertThat(decide(2, busy)).isEqualTo(new FailureDecision.RetryLater(LONG));
        assertThat(decide(3, busy)).isInstanceOf(FailureDecision.DeadLetter.class);
    }

    @Test
    void aPostponedMessageWaitsEvenAfterTheLastAttempt() {
        RuntimeException notReady = new IllegalStateException(new PostponedException("not ready", MINUTE));
        assertThat(decide(3, notReady)).isEqualTo(new FailureDecision.Postpone(MINUTE));
    }

    @Test
    void neitherIsASignOfAnOutage() {
        for (RuntimeException each :
                List.of(new RetryAfterException("busy", SHORT), new PostponedException("not ready", SHORT))) {
            assertThat(policy.mayBeOutage(attempt(1, each))).isFalse();
        }
    }

    @Test
    void anEmptyScheduleIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new RetrySchedule(List.of()));
    }

    private FailureDecision decide(int failed, RuntimeException failure) {
        return policy.decide(attempt(failed, failure), OutageDetector.NOTHING_SEEN, () -> 0);
    }

    private static FailedAttempt attempt(int failed, RuntimeException failure) {
        return new FailedAttempt(failure, "key", new Attempts(failed, NOW), 1, NOW);
    }
}

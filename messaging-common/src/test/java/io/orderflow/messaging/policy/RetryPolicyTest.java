package io.orderflow.messaging.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RetryPolicyTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");

    private static final RetryPolicy POLICY =
            RetryPolicy.defaults().maxAttempts(3).pausing(Duration.ofSeconds(1), Duration.ofSeconds(3));

    @Test
    void pauses_grow_up_to_the_longest() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(6), 0.2);
        List<Duration> pauses = new ArrayList<>();
        for (int failures = 1; failures <= 5; failures++) {
            pauses.add(backoff.after(failures, () -> 0.5));
        }
        assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 6L, 6L);
    }

    @Test
    void other_pauses_keep_the_jitter_of_a_back_off() {
        RetryPolicy exact = new RetryPolicy(
                3,
                new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(3), 0),
                Duration.ofMinutes(1),
                List.of(),
                List.of());
        Duration first = Duration.ofSeconds(2);
        Duration longest = Duration.ofSeconds(4);

        assertThat(exact.pausing(first, longest).delays()).isEqualTo(new Backoff(first, longest, 0));
        assertThat(RetryPolicy.defaults()
                        .scheduled(new RetrySchedule(List.of(first, longest)))
                        .pausing(first, longest)
                        .delays())
                .isEqualTo(new Backoff(first, longest, 0.2));
    }

    @Test
    void jitter_varies_a_pause_in_both_directions_and_no_number_of_failures_overflows() {
        Backoff backoff = new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0.2);
        assertThat(backoff.after(1, () -> 0.0)).isEqualTo(Duration.ofMillis(800));
        assertThat(backoff.after(1, () -> 1.0)).isEqualTo(Duration.ofMillis(1200));
        assertThat(backoff.after(Integer.MAX_VALUE, () -> 0.5)).isEqualTo(Duration.ofMinutes(1));
        assertThat(backoff.after(-5, () -> 0.5)).isEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void a_failure_is_retried_later_until_the_attempts_are_used_up() {
        assertThat(decide(new IOException("x"), 1)).isEqualTo(new FailureDecision.RetryLater(Duration.ofSeconds(1)));
        assertThat(decide(new IOException("x"), 2)).isEqualTo(new FailureDecision.RetryLater(Duration.ofSeconds(2)));
        assertThat(decide(new IOException("x"), 3)).isEqualTo(new FailureDecision.DeadLetter("all 3 attempts failed"));
    }

    @Test
    void a_fatal_failure_and_an_error_are_given_up_at_once_wherever_in_the_chain_of_causes() {
        RetryPolicy policy = POLICY.notRetrying(IllegalArgumentException.class);
        assertThat(decide(policy, new RuntimeException(new IllegalArgumentException("x")), 1))
                .isInstanceOf(FailureDecision.DeadLetter.class);
        assertThat(decide(policy, new StackOverflowError(), 1)).isInstanceOf(FailureDecision.DeadLetter.class);
        assertThat(decide(policy, new IllegalStateException("x"), 1)).isInstanceOf(FailureDecision.RetryLater.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"08006", "40001", "40P01", "55P03", "57P01", "53300"})
    void a_passing_fault_of_the_database_is_met_here_a_few_times(String state) {
        RuntimeException failure = new RuntimeException(new SQLException("x", state));
        assertThat(POLICY.decide(attempt(failure, 1, 1), OutageDetector.NOTHING_SEEN, () -> 0.5))
                .isEqualTo(new FailureDecision.RetryInPlace(Duration.ofMillis(20)));
        assertThat(POLICY.decide(
                        attempt(failure, 1, RetryPolicy.RETRIES_IN_PLACE + 1), OutageDetector.NOTHING_SEEN, () -> 0.5))
                .isEqualTo(new FailureDecision.AwaitRecovery());
    }

    @Test
    void a_failure_that_others_had_before_belongs_to_an_outage_and_deciding_changes_nothing() {
        IOException failure = new IOException("503");
        OutageDetector two = OutageDetector.NOTHING_SEEN;
        for (String key : List.of("a", "b")) {
            two = two.failed(new FailedAttempt(failure, key, new Attempts(1, NOW), 1, NOW).symptom());
        }
        OutageDetector state = two;
        List<FailureDecision> decisions = Stream.of("c", "c", "a")
                .map(key ->
                        POLICY.decide(new FailedAttempt(failure, key, new Attempts(1, NOW), 1, NOW), state, () -> 0.5))
                .toList();
        assertThat(decisions)
                .containsExactly(
                        new FailureDecision.AwaitRecovery(),
                        new FailureDecision.AwaitRecovery(),
                        new FailureDecision.RetryLater(Duration.ofSeconds(1)));
        assertThat(POLICY.notRetrying(IOException.class)
                        .decide(new FailedAttempt(failure, "c", new Attempts(1, NOW), 1, NOW), state, () -> 0.5))
                .isInstanceOf(FailureDecision.DeadLetter.class);
    }

    @Test
    void a_network_that_is_away_passes_wherever_in_the_chain_of_causes_it_shows() {
        assertThat(Stream.of(
                        new ConnectException("refused"),
                        new SocketTimeoutException("read timed out"),
                        new UnknownHostException("carrier.example"),
                        new HttpTimeoutException("no answer"),
                        new TimeoutException("no answer"),
                        new MessagingException("the broker is away", null)))
                .allMatch(each -> TransientFailures.isTransient(new IllegalStateException("no label", each)));
        assertThat(TransientFailures.isTransient(new MessageRejectedException("too large", null)))
                .isFalse();
        assertThat(TransientFailures.isTransient(new IOException("unexpected end")))
                .isFalse();
    }

    @Test
    void an_exhausted_pool_passes_and_a_violated_constraint_does_not() {
        assertThat(TransientFailures.isTransient(new SQLTransientConnectionException("no connection")))
                .isTrue();
        assertThat(TransientFailures.isTransient(new SQLException("duplicate key", "23505")))
                .isFalse();
        assertThat(TransientFailures.isTransient(new SQLException("no state"))).isFalse();
    }

    @Test
    void prints_itself_as_a_sentence() {
        assertThat(POLICY.notRetrying(IllegalArgumentException.class))
                .hasToString("up to 3 attempts of at most 60.0 s, pausing 1.0 s to 3.0 s, then dead-lettered;"
                        + " at once on IllegalArgumentException");
        assertThat(POLICY.neverAnOutage(IllegalStateException.class).toString())
                .endsWith(", then dead-lettered; never an outage: IllegalStateException");
    }

    @Test
    void refuses_what_makes_no_sense() {
        assertThatThrownBy(() -> POLICY.maxAttempts(0)).hasMessageContaining("at least once, not 0");
        assertThatThrownBy(() -> POLICY.pausing(Duration.ofSeconds(2), Duration.ofSeconds(1)))
                .hasMessageContaining("first=PT2S");
    }

    private static FailureDecision decide(Throwable failure, int failedAttempts) {
        return decide(POLICY, failure, failedAttempts);
    }

    private static FailureDecision decide(RetryPolicy policy, Throwable failure, int failedAttempts) {
        return policy.decide(attempt(failure, failedAttempts, 1), OutageDetector.NOTHING_SEEN, () -> 0.5);
    }

    private static FailedAttempt attempt(Throwable failure, int failedAttempts, int inPlace) {
        return new FailedAttempt(failure, "key", new Attempts(failedAttempts, NOW), inPlace, NOW);
    }
}

package io.orderflow.messaging.policy;

import io.orderflow.messaging.handling.NotRetryableException;
import io.orderflow.messaging.handling.RetryLaterException;
import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Which failures are retried, how often and when; a value that prints itself as a sentence.
 *
 * <p>A failure is retried until {@code maxAttempts} attempts have failed, unless it is an {@link Error} or has a {@link
 * NotRetryableException} or an exception of a {@code notRetryable} type among its causes. A failure that belongs to an outage
 * ({@link OutageDetector}) does not count as an attempt. An exception of a {@code neverOutage} type among its causes shows
 * that it concerns its message alone, and so does a {@link RetryLaterException}, which prolongs the delay or postpones the message.
 *
 * @param maxAttempts attempts altogether, the first one included
 * @param delays between them
 * @param timeOut the longest that an attempt may take; then the handler is interrupted, and the attempt has failed
 * @param notRetryable types of exceptions after which a message is dead-lettered at once
 * @param neverOutage types of exceptions that are no sign of an outage
 */
public record RetryPolicy(
        int maxAttempts,
        RetryDelays delays,
        Duration timeOut,
        List<Class<? extends Throwable>> notRetryable,
        List<Class<? extends Throwable>> neverOutage) {

    public static final int DEFAULT_MAX_ATTEMPTS = 6;
    public static final Backoff DEFAULT_BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1), 0.2);
    public static final Duration DEFAULT_TIME_OUT = Duration.ofMinutes(1);

    /** How often a transient failure of the database is retried in place before it counts as an outage. */
    static final int RETRIES_IN_PLACE = 3;

    private static final Backoff IN_PLACE = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), 0.5);

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("A message is attempted at least once, not " + maxAttempts + " times.");
        }
        if (timeOut.isNegative() || timeOut.isZero()) {
            throw new IllegalArgumentException("The time-out of an attempt must be positive, not " + timeOut + ".");
        }
        notRetryable = List.copyOf(notRetryable);
        neverOutage = List.copyOf(neverOutage);
    }

    /** {@value #DEFAULT_MAX_ATTEMPTS} attempts of at most 1 minute, with delays from 500 ms to 1 minute. */
    public static RetryPolicy defaults() {
        return new RetryPolicy(DEFAULT_MAX_ATTEMPTS, DEFAULT_BACKOFF, DEFAULT_TIME_OUT, List.of(), List.of());
    }

    /** The same with this number of attempts altogether. */
    public RetryPolicy maxAttempts(int number) {
        return new RetryPolicy(number, delays, timeOut, notRetryable, neverOutage);
    }

    /** The same with delays that double from the first to the longest, and the jitter of its back-off if it has one. */
    public RetryPolicy pausing(Duration first, Duration longest) {
        double jitter = delays instanceof Backoff backoff ? backoff.jitter() : DEFAULT_BACKOFF.jitter();
        return delayed(new Backoff(first, longest, jitter));
    }

    /** The same with a schedule, and one attempt more than it has delays. */
    public RetryPolicy scheduled(RetrySchedule schedule) {
        return delayed(schedule).maxAttempts(schedule.delays().size() + 1);
    }

    private RetryPolicy delayed(RetryDelays other) {
        return new RetryPolicy(maxAttempts, other, timeOut, notRetryable, neverOutage);
    }

    /** The same with this time-out of an attempt. */
    public RetryPolicy within(Duration longest) {
        return new RetryPolicy(maxAttempts, delays, longest, notRetryable, neverOutage);
    }

    /** The same, and after exceptions of this type a message is dead-lettered at once. */
    public RetryPolicy notRetrying(Class<? extends Throwable> type) {
        return new RetryPolicy(maxAttempts, delays, timeOut, and(type, notRetryable), neverOutage);
    }

    /** The same, and exceptions of this type concern their message alone, however many messages fail with them. */
    public RetryPolicy neverAnOutage(Class<? extends Throwable> type) {
        return new RetryPolicy(maxAttempts, delays, timeOut, notRetryable, and(type, neverOutage));
    }

    private static List<Class<? extends Throwable>> and(
            Class<? extends Throwable> type, List<Class<? extends Throwable>> types) {
        return Stream.concat(types.stream(), Stream.of(type)).toList();
    }

    /**
     * Decides what happens after a failed attempt. Pure: it changes nothing and logs nothing.
     *
     * @param outages the state of the circuit
     * @param random a number from 0 to 1, for the jitter
     */
    FailureDecision decide(FailedAttempt attempt, OutageDetector outages, DoubleSupplier random) {
        if (isRetriedInPlace(attempt)) {
            return new FailureDecision.RetryInPlace(IN_PLACE.after(attempt.inPlace(), random));
        }
        RetryLaterException request = request(attempt);
        if (request != null && !request.isAttempt()) {
            return new FailureDecision.Postpone(request.delay());
        }
        if (mayBeOutage(attempt) && outages.isOutage(attempt.symptom())) {
            return new FailureDecision.AwaitRecovery();
        }
        if (isNotRetryable(attempt.failure())) {
            return new FailureDecision.DeadLetter(Causes.of(attempt.failure()).stream()
                    .filter(NotRetryableException.class::isInstance)
                    .map(each -> ((NotRetryableException) each).reason())
                    .findFirst()
                    .orElse("the failure is not retryable"));
        }
        int failed = attempt.attempts().failed();
        if (failed >= maxAttempts) {
            return new FailureDecision.DeadLetter("all " + maxAttempts + " attempts failed");
        }
        Duration delay = delays.after(failed, random);
        return new FailureDecision.RetryLater(
                request == null || request.delay().compareTo(delay) < 0 ? delay : request.delay());
    }

    /** Whether this failure is a sign of an outage if others fail alike; otherwise it concerns its message alone. */
    boolean mayBeOutage(FailedAttempt attempt) {
        if (isRetriedInPlace(attempt) || request(attempt) != null) {
            return false;
        }
        return TransientFailures.isOfDatabase(attempt.failure())
                || !isNotRetryable(attempt.failure())
                        && !Causes.any(attempt.failure(), each -> isOneOf(neverOutage, each));
    }

    private static @Nullable RetryLaterException request(FailedAttempt attempt) {
        return Causes.of(attempt.failure()).stream()
                .filter(RetryLaterException.class::isInstance)
                .map(RetryLaterException.class::cast)
                .findFirst()
                .orElse(null);
    }

    private static boolean isRetriedInPlace(FailedAttempt attempt) {
        return attempt.inPlace() <= RETRIES_IN_PLACE && TransientFailures.isOfDatabase(attempt.failure());
    }

    private boolean isNotRetryable(Throwable failure) {
        return Causes.any(
                failure,
                each -> each instanceof Error || each instanceof NotRetryableException || isOneOf(notRetryable, each));
    }

    private static boolean isOneOf(List<Class<? extends Throwable>> types, Throwable failure) {
        return types.stream().anyMatch(type -> type.isInstance(failure));
    }

    @Override
    public String toString() {
        String sentence = "up to " + maxAttempts + " attempts of at most " + readable(timeOut) + ", pausing " + delays
                + ", then dead-lettered";
        return sentence + named("; at once on ", notRetryable) + named("; never an outage: ", neverOutage);
    }

    private static String named(String what, List<Class<? extends Throwable>> types) {
        return types.isEmpty()
                ? ""
                : what + types.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    }

    static String readable(Duration d) {
        return d.toMillis() < 1000 ? d.toMillis() + " ms" : d.toMillis() / 1000.0 + " s";
    }
}

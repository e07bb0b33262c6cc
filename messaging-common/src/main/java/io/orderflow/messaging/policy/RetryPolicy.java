package io.orderflow.messaging.policy;

import java.time.Duration;
import java.util.List;
import java.util.function.DoubleSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What is tried again, how often and when; a value that prints itself as a sentence.
 *
 * <p>An exception of a {@code fatal} type (or with one among its causes), and any {@link Error}, is not tried again. All
 * others are, until {@code maxAttempts} attempts have failed. An outage of what all messages need ({@link OutageDetector}) is
 * none of a message's doing and costs it no attempt. An exception of a type in {@code neverOutage} (or with one among its
 * causes) tells of its message alone: however many fail that way, it is no outage, and no other message waits.
 *
 * @param maxAttempts attempts altogether, the first one included
 * @param backoff the pauses between them
 * @param timeOut the longest that an attempt may take; then the handler is interrupted, and the attempt has failed
 * @param fatal types of exceptions that no repetition can heal
 * @param neverOutage types of exceptions that say nothing of what other messages need
 */
public record RetryPolicy(
        int maxAttempts,
        Backoff backoff,
        Duration timeOut,
        List<Class<? extends Throwable>> fatal,
        List<Class<? extends Throwable>> neverOutage) {

    public static final int DEFAULT_MAX_ATTEMPTS = 6;
    public static final Backoff DEFAULT_BACKOFF = new Backoff(Duration.ofMillis(500), Duration.ofMinutes(1), 0.2);

    public static final Duration DEFAULT_TIME_OUT = Duration.ofMinutes(1);

    /** A passing fault is met in place so many times, with short pauses, before it counts as an outage. */
    static final int PASSING_FAULTS_IN_PLACE = 3;

    private static final Backoff IN_PLACE = new Backoff(Duration.ofMillis(20), Duration.ofMillis(200), 0.5);

    public RetryPolicy {
        if (maxAttempts < 1) {
            throw new IllegalArgumentException("A message is attempted at least once, not " + maxAttempts + " times.");
        }
        if (timeOut.isNegative() || timeOut.isZero()) {
            throw new IllegalArgumentException("An attempt takes some time, not " + timeOut + ".");
        }
        fatal = List.copyOf(fatal);
        neverOutage = List.copyOf(neverOutage);
    }

    /** {@value #DEFAULT_MAX_ATTEMPTS} attempts of at most 1 minute, pauses from 500 ms to 1 minute. */
    public static RetryPolicy defaults() {
        return new RetryPolicy(DEFAULT_MAX_ATTEMPTS, DEFAULT_BACKOFF, DEFAULT_TIME_OUT, List.of(), List.of());
    }

    /** The same, with so many attempts altogether. */
    public RetryPolicy maxAttempts(int number) {
        return new RetryPolicy(number, backoff, timeOut, fatal, neverOutage);
    }

    /** The same, with pauses that double from the first to the longest. */
    public RetryPolicy pausing(Duration first, Duration longest) {
        return new RetryPolicy(maxAttempts, new Backoff(first, longest, backoff.jitter()), timeOut, fatal, neverOutage);
    }

    /** The same, and an attempt takes no longer than that. */
    public RetryPolicy within(Duration longest) {
        return new RetryPolicy(maxAttempts, backoff, longest, fatal, neverOutage);
    }

    /** The same, and exceptions of this type are not tried again. */
    public RetryPolicy givingUpOn(Class<? extends Throwable> type) {
        return new RetryPolicy(maxAttempts, backoff, timeOut, and(type, fatal), neverOutage);
    }

    /** The same, and exceptions of this type concern their message alone: it is tried again, and holds up no other. */
    public RetryPolicy neverAnOutage(Class<? extends Throwable> type) {
        return new RetryPolicy(maxAttempts, backoff, timeOut, fatal, and(type, neverOutage));
    }

    private static List<Class<? extends Throwable>> and(
            Class<? extends Throwable> type, List<Class<? extends Throwable>> types) {
        return Stream.concat(types.stream(), Stream.of(type)).toList();
    }

    /** Whether trying again is pointless. */
    public boolean isFatal(Throwable failure) {
        return Causes.any(failure, each -> each instanceof Error || isOneOf(fatal, each));
    }

    /** Whether this failure says nothing of the other messages. */
    boolean isOfMessageAlone(Throwable failure) {
        return isFatal(failure) || Causes.any(failure, each -> isOneOf(neverOutage, each));
    }

    private static boolean isOneOf(List<Class<? extends Throwable>> types, Throwable failure) {
        return types.stream().anyMatch(type -> type.isInstance(failure));
    }

    /** Whether this fault of the database may be over in a moment: a deadlock, a connection that was cut. */
    boolean isMomentary(Throwable failure, int transientFailures) {
        return transientFailures <= PASSING_FAULTS_IN_PLACE && TransientFailures.isOfDatabase(failure);
    }

    /**
     * What happens after a failure that may be over in a moment.
     *
     * @param transientFailures how many were met in a row, this one included
     * @param random a number from 0 to 1, for the jitter
     */
    Verdict inAMoment(int transientFailures, DoubleSupplier random) {
        return new Verdict.RetryHere(IN_PLACE.after(transientFailures, random));
    }

    /**
     * What happens after a failure that is the message's own.
     *
     * @param failure what the handler threw
     * @param failedAttempts how many attempts have failed, this one included
     * @param random a number from 0 to 1, for the jitter
     */
    Verdict verdict(Throwable failure, int failedAttempts, DoubleSupplier random) {
        if (isFatal(failure)) {
            boolean reused = Causes.any(failure, IdReusedException.class::isInstance);
            return new Verdict.GiveUp(reused ? IdReusedException.REASON : "no repetition can heal this failure");
        }
        if (failedAttempts >= maxAttempts) {
            return new Verdict.GiveUp("all " + maxAttempts + " attempts failed");
        }
        return new Verdict.RetryLater(backoff.after(failedAttempts, random));
    }

    @Override
    public String toString() {
        String sentence = "up to " + maxAttempts + " attempts of at most " + millis(timeOut) + ", pausing "
                + millis(backoff.first()) + " to " + millis(backoff.longest()) + ", then dead-lettered";
        return sentence + named("; at once on ", fatal) + named("; never an outage: ", neverOutage);
    }

    private static String named(String what, List<Class<? extends Throwable>> types) {
        return types.isEmpty()
                ? ""
                : what + types.stream().map(Class::getSimpleName).collect(Collectors.joining(", "));
    }

    private static String millis(Duration d) {
        return d.toMillis() < 1000 ? d.toMillis() + " ms" : d.toMillis() / 1000.0 + " s";
    }
}

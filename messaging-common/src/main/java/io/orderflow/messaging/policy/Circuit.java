package io.orderflow.messaging.policy;

import io.orderflow.messaging.handling.Sleeper;
import io.orderflow.messaging.policy.OutageDetector.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A circuit breaker. It is open while something is unavailable that all messages need, and admits one message at a time, at
 * growing intervals, until one is handled. Shared by all members of a subscription in this process. An outage is logged when it
 * begins, once a minute and when it ends.
 */
final class Circuit {

    static final Backoff PROBING = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10), 0.2);

    /** Another message is admitted if the admitted one has not returned after this time. */
    static final Duration PROBE_TIMEOUT = Duration.ofMinutes(2);

    private static final Duration REMIND_EVERY = Duration.ofMinutes(1);

    private static final Duration CHECK_EVERY = Duration.ofMillis(100);

    private static final Logger log = LoggerFactory.getLogger(Circuit.class);

    private final String what;
    private final boolean handled;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private OutageDetector detector = OutageDetector.NOTHING_SEEN;
    private Instant nextProbe = Instant.EPOCH;
    private Instant reported = Instant.EPOCH;
    private @Nullable Instant probing;
    private String cause = "";

    /**
     * @param what is paused during an outage, for the log
     * @param handled whether its messages reach a handler. Those that do not need only what all messages need: one that passes,
     *     or fails for a reason of its own, shows that the outage is over
     */
    Circuit(String what, boolean handled, InstantSource clock, DoubleSupplier random) {
        this.what = what;
        this.handled = handled;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Returns when a message may be tried: at once, or during an outage when it is its turn. The caller reports the result to
     * {@link #succeeded}, {@link #skipped}, {@link #failed} or {@link #returned}.
     */
    void admit(Sleeper sleeper) throws InterruptedException {
        while (!mayTry()) {
            sleeper.sleep(CHECK_EVERY);
        }
    }

    private synchronized boolean mayTry() {
        if (isHeldBack()) {
            return false;
        }
        probing = isOpen() ? clock.instant() : null;
        return true;
    }

    /** Whether a message would have to wait for its turn. */
    synchronized boolean isHeldBack() {
        Instant now = clock.instant();
        boolean isProbing = probing != null && now.isBefore(probing.plus(PROBE_TIMEOUT));
        return isOpen() && (isProbing || now.isBefore(nextProbe));
    }

    synchronized boolean isOpen() {
        return detector.outage() != null;
    }

    synchronized void succeeded() {
        probing = null;
        Outage over = detector.outage();
        detector = detector.succeeded(clock.instant());
        if (over != null) {
            log.info("{}: resumed after {} failures since {}.", what, over.failures(), over.since());
        }
    }

    /** The message passed without its handler: no handler is interested, or it was handled before. */
    synchronized void skipped() {
        if (handled) {
            returned();
        } else {
            succeeded();
        }
    }

    /** The message returned without a sign of whether the outage is over. */
    synchronized void returned() {
        probing = null;
    }

    /** Decides what happens after a failed attempt, and opens the circuit if it belongs to an outage. */
    synchronized FailureDecision failed(FailedAttempt attempt, RetryPolicy policy) {
        probing = null;
        FailureDecision decision = policy.decide(attempt, detector, random);
        if (policy.mayBeOutage(attempt)) {
            detector = detector.failed(attempt.symptom());
        } else if (decision instanceof FailureDecision.DeadLetter) {
            skipped();
        }
        Outage outage = detector.outage();
        if (decision instanceof FailureDecision.AwaitRecovery && outage != null) {
            nextProbe = attempt.time().plus(PROBING.after(outage.failures(), random));
            cause = FailedMessage.describe(attempt.failure());
            report(outage, attempt.time());
        }
        return decision;
    }

    private void report(Outage outage, Instant now) {
        if (outage.failures() > 1 && now.isBefore(reported.plus(REMIND_EVERY))) {
            return;
        }
        reported = now;
        log.warn(
                "{}: paused since {}, because all messages fail alike ({} failure(s)): {}. No attempt is counted and no"
                        + " message is dead-lettered; one message at a time is tried, at intervals of up to {} s.",
                what,
                outage.since(),
                outage.failures(),
                cause,
                PROBING.longest().toSeconds());
    }

    /** Why nothing is handled; null if there is no outage. */
    synchronized @Nullable String problem() {
        Outage outage = detector.outage();
        return outage == null
                ? null
                : "is paused since " + outage.since() + ", because all of " + what + " fail alike: " + cause;
    }
}

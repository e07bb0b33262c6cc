package io.orderflow.messaging.policy;

import io.orderflow.messaging.policy.OutageDetector.Failure;
import io.orderflow.messaging.policy.OutageDetector.Fault;
import io.orderflow.messaging.policy.OutageDetector.Judgement;
import io.orderflow.messaging.policy.OutageDetector.Outage;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Holds messages back while something is away that they all need, and lets one at a time through, at growing intervals,
 * until one succeeds. Shared by all members of a subscription in this process; decides as {@link OutageDetector} says. One
 * line in the log when an outage begins, one a minute, one when it is over.
 */
final class Circuit {

    static final Backoff PROBING = new Backoff(Duration.ofMillis(500), Duration.ofSeconds(10), 0.2);

    /** Who was let through and is not heard of for so long hangs, as a rule: then it is another one's turn. */
    static final Duration GIVEN_UP_AFTER = Duration.ofMinutes(2);

    private static final Duration REMIND_EVERY = Duration.ofMinutes(1);

    /** How often who waits looks at the clock, which is not the one that it sleeps by. */
    private static final Duration LOOK = Duration.ofMillis(100);

    private static final Logger log = LoggerFactory.getLogger(Circuit.class);

    private final String what;
    private final InstantSource clock;
    private final DoubleSupplier random;
    private OutageDetector watch = OutageDetector.NOTHING_SEEN;
    private Instant nextProbe = Instant.EPOCH;
    private Instant reported = Instant.EPOCH;
    private @Nullable Instant tried;
    private String cause = "";

    /** @param what is held back, for the log */
    Circuit(String what, InstantSource clock, DoubleSupplier random) {
        this.what = what;
        this.clock = clock;
        this.random = random;
    }

    /**
     * Returns when a message may be tried: at once, or while an outage lasts when it is its turn. Whoever comes back from
     * here calls one of {@link #succeeded}, {@link #failed} and {@link #left}.
     */
    void admit(Sleeper sleeper) throws InterruptedException {
        while (!mayTry()) {
            sleeper.sleep(LOOK);
        }
    }

    private synchronized boolean mayTry() {
        if (isHeldBack()) {
            return false;
        }
        tried = isOpen() ? clock.instant() : null;
        return true;
    }

    /** Whether a message would have to wait for its turn. */
    synchronized boolean isHeldBack() {
        Instant now = clock.instant();
        boolean isTried = tried != null && now.isBefore(tried.plus(GIVEN_UP_AFTER));
        return isOpen() && (isTried || now.isBefore(nextProbe));
    }

    synchronized boolean isOpen() {
        return watch.outage() != null;
    }

    synchronized void succeeded() {
        tried = null;
        Outage over = watch.outage();
        watch = watch.succeeded(clock.instant());
        if (over != null) {
            log.info("{}: handling again, after {} failures since {}.", what, over.failures(), over.since());
        }
    }

    /** Whether something is away that all messages need; otherwise the failure is this message's own. */
    synchronized boolean failed(String key, Throwable failure, @Nullable Instant firstFailure) {
        tried = null;
        Instant now = clock.instant();
        Judgement judgement =
                watch.failed(new Failure(key, Fingerprint.of(failure), Fault.of(failure), firstFailure, now));
        watch = judgement.next();
        Outage outage = watch.outage();
        if (!judgement.outages() || outage == null) {
            return false;
        }
        nextProbe = now.plus(PROBING.after(outage.failures(), random));
        cause = FailedMessage.describe(failure);
        report(outage, now);
        return true;
    }

    private void report(Outage outage, Instant now) {
        if (outage.failures() > 1 && now.isBefore(reported.plus(REMIND_EVERY))) {
            return;
        }
        reported = now;
        log.warn(
                "{}: paused since {}, because all fail alike ({} failure(s)): {}. Nothing is given up and no attempt is"
                        + " spent; one message at a time is tried, with pauses of up to {} s, until one succeeds.",
                what,
                outage.since(),
                outage.failures(),
                cause,
                PROBING.longest().toSeconds());
    }

    /** It was tried, but nothing was learnt of it. */
    synchronized void left() {
        tried = null;
    }

    /** Why nothing is handled; null while there is no outage. */
    synchronized @Nullable String problem() {
        Outage outage = watch.outage();
        return outage == null
                ? null
                : "is paused since " + outage.since() + ", because all of " + what + " fail alike: " + cause;
    }
}

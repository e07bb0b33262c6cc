package io.orderflow.messaging.runtime;

import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.Backoff;
import io.orderflow.messaging.policy.TransientFailures;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a loop knows of its failures in a row, and says of them: a line when they begin, one a minute while they last, one
 * when they are over. What comes and goes every few seconds, a connection that flaps, say, is told of once a minute too. A
 * stack trace only for what nobody expects. It also has the pauses between them.
 */
final class FailureReporter {

    private static final Logger log = LoggerFactory.getLogger(ConsumerLoop.class);

    private static final Duration REMIND_EVERY = Duration.ofMinutes(1);

    /** A member that has polled for so long without a failure has recovered, even if nothing came. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Subscription subscription;
    private final StopSignal stop;
    private final Backoff backoff;
    private final InstantSource clock;
    private int failures;
    private Instant last = Instant.EPOCH;
    private Instant reported = Instant.EPOCH;
    private @Nullable Class<?> reportedType;
    private boolean told;
    private volatile @Nullable String problem;

    FailureReporter(Subscription subscription, StopSignal stop, Backoff backoff, InstantSource clock) {
        this.subscription = subscription;
        this.stop = stop;
        this.backoff = backoff;
        this.clock = clock;
    }

    /** Counts one failure more, says so, and returns after a pause, or as soon as the loop is told to stop. */
    void backOffAfter(Throwable failure) {
        if (stop.isStopping()) {
            return;
        }
        last = clock.instant();
        failures++;
        Duration pause = backoff.after(failures, ThreadLocalRandom.current()::nextDouble);
        report(failure, pause);
        try {
            stop.sleep(pause);
        } catch (InterruptedException stopped) {
            // the loop's condition sees it
        }
    }

    private void report(Throwable failure, Duration pause) {
        problem = "backs off after: " + failure;
        boolean isKnown = failures > 1 && told || failure.getClass() == reportedType;
        if (isKnown && last.isBefore(reported.plus(REMIND_EVERY))) {
            return;
        }
        reported = last;
        reportedType = failure.getClass();
        told = true;
        String what = "{}: not handling after {} failure(s) in a row; what was not committed stays with the broker,"
                + " and is tried again in {} ms and then at growing intervals: {}";
        if (failure instanceof MessagingException || TransientFailures.isPassing(failure)) {
            log.warn(what, subscription, failures, pause.toMillis(), failure.getMessage());
        } else {
            log.error(what, subscription, failures, pause.toMillis(), failure.toString(), failure);
        }
    }

    void quiet() {
        if (failures > 0 && clock.instant().isAfter(last.plus(QUIET))) {
            over();
        }
    }

    void over() {
        if (failures > 0) {
            if (told) {
                log.info("{}: handling again after {} failure(s)", subscription, failures);
            }
            told = false;
            failures = 0;
            problem = null;
        }
    }

    @Nullable
    String problem() {
        return problem;
    }
}

package io.orderflow.messaging.runtime;

import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.PassingFaults;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What a loop knows of its failures in a row, and says of them: a line when they begin, one a minute while they last, one
 * when they are over. A stack trace only for what nobody expects.
 */
final class LoopTrouble {

    private static final Logger log = LoggerFactory.getLogger(ConsumerLoop.class);

    private static final Duration REMIND_EVERY = Duration.ofMinutes(1);

    /** A member that has polled for so long without a failure has recovered, even if nothing came. */
    private static final Duration QUIET = Duration.ofSeconds(10);

    private final Subscription subscription;
    private final InstantSource clock;
    private int failures;
    private Instant last = Instant.EPOCH;
    private Instant reported = Instant.EPOCH;
    private volatile @Nullable String problem;

    LoopTrouble(Subscription subscription, InstantSource clock) {
        this.subscription = subscription;
        this.clock = clock;
    }

    /** Counts one failure more; 1 for the first in a row. */
    int count() {
        last = clock.instant();
        return ++failures;
    }

    void report(Throwable failure, Duration pause) {
        problem = "backs off after: " + failure;
        if (failures > 1 && last.isBefore(reported.plus(REMIND_EVERY))) {
            return;
        }
        reported = last;
        String what = "{}: not handling since {} failure(s) in a row; what was not committed stays with the broker,"
                + " and is tried again in {} ms and then at growing intervals: {}";
        if (failure instanceof MessagingException || PassingFaults.isPassing(failure)) {
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
            log.info("{}: handling again after {} failure(s)", subscription, failures);
            failures = 0;
            problem = null;
        }
    }

    @Nullable
    String problem() {
        return problem;
    }
}

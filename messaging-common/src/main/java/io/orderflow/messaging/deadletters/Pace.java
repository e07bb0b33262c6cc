package io.orderflow.messaging.deadletters;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;

/** So many a second and no more. What was not used is lost but for the last second's. For one thread. */
final class Pace {

    private static final Duration BURST = Duration.ofSeconds(1);

    private final Duration each;
    private final InstantSource clock;
    private Instant next;

    Pace(int perSecond, InstantSource clock) {
        this.each = Duration.ofSeconds(1).dividedBy(perSecond);
        this.clock = clock;
        this.next = clock.instant();
    }

    /** How many may go now. */
    int permits() {
        Instant now = clock.instant();
        if (next.isBefore(now.minus(BURST))) {
            next = now.minus(BURST);
        }
        return now.isBefore(next) ? 0 : (int) Duration.between(next, now).dividedBy(each) + 1;
    }

    void used(int number) {
        next = next.plus(each.multipliedBy(number));
    }

    /** How long until the next one may go. */
    Duration untilNext() {
        Duration pause = Duration.between(clock.instant(), next);
        return pause.isNegative() ? Duration.ZERO : pause;
    }
}

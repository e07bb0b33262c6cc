package io.orderflow.messaging.runtime;

import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.ordering.DueKeys;
import io.orderflow.messaging.policy.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Handles the parked messages of a subscription that keeps order, one key after the other. Every instance has one; a key is
 * worked on by one at a time.
 */
final class ParkedLoop implements Loop {

    /** How long it may take until this instance sees what another one has parked. */
    static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(5);

    private final Subscription subscription;
    private final DueKeys keys;
    private final DueKeys.FirstHandler handler;
    private final StopSignal stop;
    private final InstantSource clock;
    private final LoopTrouble trouble;

    private volatile @Nullable Instant lastLook;

    ParkedLoop(
            Subscription subscription,
            DueKeys keys,
            DueKeys.FirstHandler handler,
            StopSignal stop,
            Backoff backoff,
            InstantSource clock) {
        this.subscription = subscription;
        this.keys = keys;
        this.handler = handler;
        this.stop = stop;
        this.clock = clock;
        trouble = new LoopTrouble(subscription, stop, backoff, clock);
    }

    @Override
    public void run() {
        while (!stop.isStopping()) {
            try {
                if (keys.handleNext(subscription, handler)) {
                    trouble.over();
                } else {
                    trouble.quiet();
                    stop.sleep(untilNextLook());
                }
                lastLook = clock.instant();
            } catch (Throwable failure) {
                trouble.backOffAfter(failure);
            }
        }
    }

    private Duration untilNextLook() {
        Duration next = keys.untilNextDue(subscription);
        if (next == null || next.compareTo(LOOK_EVERY) > 0) {
            return LOOK_EVERY;
        }
        return next.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : next;
    }

    @Override
    public @Nullable Instant lastSign() {
        return lastLook;
    }

    @Override
    public @Nullable String problem() {
        return trouble.problem();
    }
}

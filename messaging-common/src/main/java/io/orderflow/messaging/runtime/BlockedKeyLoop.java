package io.orderflow.messaging.runtime;

import io.orderflow.messaging.events.EventSubscription;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;

/**
 * Handles the parked messages of a subscription, one key after the other. Every instance has one; a key is worked on by one at
 * a time. Where order is not kept (any more), it handles what was parked when it was.
 */
final class BlockedKeyLoop implements Loop {

    /** How long it may take until this instance sees what another one has parked. */
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);

    private static final Duration FREE_STRANDED_EVERY = Duration.ofMinutes(1);

    private static final Duration SHORTEST_WAIT = Duration.ofMillis(5);

    private final EventSubscription subscription;
    private final OrderKeeping keeping;
    private final BlockedKeyHandler first;
    private final StopSignal stop;
    private final InstantSource clock;
    private final FailureReporter trouble;

    private long freeStrandedAt = System.nanoTime();
    private volatile @Nullable Instant lastLook;

    BlockedKeyLoop(
            EventSubscription subscription,
            OrderKeeping keeping,
            BlockedKeyHandler first,
            StopSignal stop,
            InstantSource clock) {
        this.subscription = subscription;
        this.keeping = keeping;
        this.first = first;
        this.stop = stop;
        this.clock = clock;
        trouble = new FailureReporter(subscription.subscription(), stop, ConsumerLoop.REOPENING, clock);
    }

    @Override
    public void run() {
        while (!stop.isStopping()) {
            try {
                freeStranded();
                if (keeping.due().handleNext(subscription.subscription(), first)) {
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
        first.close();
    }

    private void freeStranded() {
        if (System.nanoTime() - freeStrandedAt >= 0) {
            keeping.stranded().free(subscription.subscription(), subscription.retryOrder());
            freeStrandedAt = System.nanoTime() + FREE_STRANDED_EVERY.toNanos();
        }
    }

    private Duration untilNextLook() {
        Duration next = keeping.due().untilNextDue(subscription.subscription());
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

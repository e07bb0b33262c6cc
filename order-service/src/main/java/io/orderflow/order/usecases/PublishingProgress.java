package io.orderflow.order.usecases;

import io.orderflow.order.domain.EventBacklog;
import io.orderflow.order.domain.PublishingCheckpoints;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import org.springframework.stereotype.Service;

/**
 * Knows for how long the events of orders have been published. An event may wait in the outbox, while the broker is unavailable
 * for example, and no service can answer it then. So each check stores a checkpoint: up to which placement time all events
 * had left the outbox at that time. Checkpoints are in the database: all instances share them, and they survive a restart.
 */
@Service
class PublishingProgress {

    /** The longest time between the clock reading of a new order and the commit of its transaction. */
    static final Duration MAX_PLACING_TIME = Duration.ofSeconds(1);

    private static final int CHECKPOINTS_PER_DEADLINE = 60;

    private final EventBacklog backlog;
    private final PublishingCheckpoints checkpoints;
    private final InstantSource clock;

    PublishingProgress(EventBacklog backlog, PublishingCheckpoints checkpoints, InstantSource clock) {
        this.backlog = backlog;
        this.checkpoints = checkpoints;
        this.clock = clock;
    }

    /**
     * Stores a checkpoint, and returns the time before which orders were placed whose events were published at least that
     * long ago; empty if there is no checkpoint that old.
     */
    Optional<Instant> placedBefore(Duration publishedFor) {
        Instant now = clock.instant();
        Instant published = now.minus(backlog.oldest()).minus(MAX_PLACING_TIME);
        checkpoints.add(now, published, publishedFor.dividedBy(CHECKPOINTS_PER_DEADLINE));
        Instant then = now.minus(publishedFor);
        checkpoints.deleteBefore(then);
        return checkpoints.placedBefore(then);
    }
}

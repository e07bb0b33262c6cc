package io.orderflow.order.domain;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/** Checkpoints of how far the events of placed orders had been published at which time. */
public interface PublishingCheckpoints {

    /** Stores that at this time the events of orders placed before {@code placedBefore} were published, unless a checkpoint is younger than the interval. */
    void add(Instant at, Instant placedBefore, Duration interval);

    /** The placement time of the latest checkpoint at or before this time. */
    Optional<Instant> placedBefore(Instant at);

    /** Deletes the checkpoints older than the latest one at or before this time. */
    void deleteBefore(Instant time);
}

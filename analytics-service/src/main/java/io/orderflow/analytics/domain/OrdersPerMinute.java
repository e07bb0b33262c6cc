package io.orderflow.analytics.domain;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The number of orders in each minute in which there was one. */
public interface OrdersPerMinute {

    /** The latest minute. */
    Optional<Instant> latest();

    /** Counts one more order. */
    void add(Instant minute);

    /** Records a number that was counted elsewhere, unless a larger one is recorded already. */
    void record(MinuteCount count);

    /** Some of all minutes, latest first, before this one; null for the latest. */
    List<MinuteCount> list(@Nullable Instant before, int limit);
}

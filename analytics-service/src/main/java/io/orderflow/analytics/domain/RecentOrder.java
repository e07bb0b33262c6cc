package io.orderflow.analytics.domain;

import java.time.Instant;
import java.util.Comparator;

/** When an order was placed. Sorted by that. */
public record RecentOrder(String orderId, Instant placedAt) implements Comparable<RecentOrder> {

    private static final Comparator<RecentOrder> BY_TIME =
            Comparator.comparing(RecentOrder::placedAt).thenComparing(RecentOrder::orderId);

    @Override
    public int compareTo(RecentOrder other) {
        return BY_TIME.compare(this, other);
    }
}

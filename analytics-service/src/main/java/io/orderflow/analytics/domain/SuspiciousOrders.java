package io.orderflow.analytics.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The audit: entries are added and never changed. */
public interface SuspiciousOrders {

    /** Adds an entry, unless the order has one. */
    void add(SuspiciousOrder order);

    /**
     * Some of all entries, or only the customer's, by the time of the order, newest first.
     *
     * @param after the order behind which they begin; null for the newest
     */
    List<SuspiciousOrder> list(@Nullable String customerId, @Nullable String after, int limit);
}

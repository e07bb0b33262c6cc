package io.orderflow.analytics.domain;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** Results that a replay counts from nothing, beside the live ones. */
public interface Rebuilt {

    Customers customers();

    OrdersPerMinute ordersPerMinute();

    SuspiciousOrders suspiciousOrders();

    HighValueOrders highValueOrders();

    /** Deletes all, in the current transaction. */
    void clear();

    /** Some of the differences from the live results, by their key, behind this one; null for the first. */
    List<Difference> differences(@Nullable String after, int limit);
}

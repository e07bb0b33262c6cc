package io.orderflow.analytics.domain;

import java.util.List;

/** Results that a replay counts from nothing, beside the live ones. */
public interface Rebuilt {

    Customers customers();

    OrdersPerMinute ordersPerMinute();

    SuspiciousOrders suspiciousOrders();

    HighValueOrders highValueOrders();

    /** Deletes all, in the current transaction. */
    void clear();

    /** Some of the differences from the live results, by kind and id. */
    List<Difference> differences(int limit, long offset);

    long countDifferences();
}

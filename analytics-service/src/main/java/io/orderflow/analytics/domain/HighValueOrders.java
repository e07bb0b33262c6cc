package io.orderflow.analytics.domain;

import io.orderflow.events.HighValueOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The orders of a high value. */
public interface HighValueOrders {

    /** Adds an order, unless it is there. */
    void add(HighValueOrder order);

    /** Some of all, or only the customer's, newest first. */
    List<HighValueOrder> list(@Nullable String customerId, int limit, long offset);

    long count(@Nullable String customerId);
}

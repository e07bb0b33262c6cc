package io.orderflow.analytics.domain;

import io.orderflow.events.HighValueOrder;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The orders of a high value. */
public interface HighValueOrders {

    /** Adds an order, unless it is there. */
    void add(HighValueOrder order);

    /**
     * Some of all, or only the customer's, newest first.
     *
     * @param after the order behind which they begin; null for the newest
     */
    List<HighValueOrder> list(@Nullable String customerId, @Nullable String after, int limit);
}

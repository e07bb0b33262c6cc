package io.orderflow.shipping.domain;

import io.orderflow.events.OrderId;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Stores the express orders to prepare. */
public interface ExpressOrders {

    /** Adds an order, unless it is stored. */
    void add(ExpressOrder order);

    /**
     * Some of all, newest first.
     *
     * @param after the order behind which they begin; null for the newest
     */
    List<ExpressOrder> list(@Nullable OrderId after, int limit);
}

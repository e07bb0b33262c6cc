package io.orderflow.shipping.domain;

import java.util.List;

/** Stores the express orders to prepare. */
public interface ExpressOrders {

    /** Adds an order, unless it is stored. */
    void add(ExpressOrder order);

    /** A page, newest first. */
    List<ExpressOrder> list(int limit, long offset);

    long count();
}

package io.orderflow.order.usecases;

import java.util.Optional;

/** Who requests a use case. For a customer, orders of other customers do not exist. */
public interface Caller {

    /** The customer; empty for callers who may read the orders of all customers. */
    Optional<String> customer();

    default boolean mayReadOrdersOf(String customerId) {
        return customer().map(customerId::equals).orElse(true);
    }

    /** Placing and cancelling. Callers who may read the orders of all customers need not be allowed to change them. */
    boolean mayChangeOrdersOf(String customerId);
}

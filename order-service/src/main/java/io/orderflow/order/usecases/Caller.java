package io.orderflow.order.usecases;

import java.util.Optional;

/** Who requests a use case. For a customer, orders of other customers do not exist. */
public interface Caller {

    /** The customer; empty for callers who may use the orders of all customers. */
    Optional<String> customer();

    default boolean mayUseOrdersOf(String customerId) {
        return customer().map(customerId::equals).orElse(true);
    }
}

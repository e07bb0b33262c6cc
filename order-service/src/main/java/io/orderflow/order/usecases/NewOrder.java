package io.orderflow.order.usecases;

import io.orderflow.order.domain.Customer;
import io.orderflow.order.domain.Priority;
import java.util.List;

/** A request to place an order. */
public record NewOrder(Customer customer, Priority priority, List<Item> items) {

    /** A quantity of one product. */
    public record Item(String sku, int quantity) {}
}

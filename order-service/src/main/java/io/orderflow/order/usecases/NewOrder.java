package io.orderflow.order.usecases;

import io.orderflow.order.domain.Customer;
import io.orderflow.order.domain.Priority;
import java.util.List;

/** What a customer asks for. */
public record NewOrder(Customer customer, Priority priority, List<Item> items) {

    /** So many of an article. */
    public record Item(String sku, int quantity) {}
}

package io.orderflow.order.usecases;

import io.orderflow.order.domain.Customer;
import io.orderflow.order.domain.Priority;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A request to place an order.
 *
 * @param purchaseOrder the customer's own document, which comes back with the confirmation; published, but not stored here
 */
public record NewOrder(
        Customer customer,
        Priority priority,
        List<Item> items,
        @Nullable String purchaseOrder) {

    /** A quantity of one product. */
    public record Item(String sku, int quantity) {}
}

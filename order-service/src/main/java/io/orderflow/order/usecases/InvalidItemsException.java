package io.orderflow.order.usecases;

import java.util.List;

/** An order contains items that cannot be ordered. */
public class InvalidItemsException extends RuntimeException {

    /**
     * An item that cannot be ordered.
     *
     * @param index its index in the order, from 0
     * @param reason what is wrong with its sku
     */
    public record InvalidItem(int index, String reason) {}

    private final transient List<InvalidItem> items;

    InvalidItemsException(List<InvalidItem> items) {
        super(items.size() + " items of an order are invalid.");
        this.items = items;
    }

    public List<InvalidItem> items() {
        return items;
    }
}

package io.orderflow.order.usecases;

import java.util.List;

/** Items that cannot be ordered; nothing is. */
public class RefusedItemsException extends RuntimeException {

    /**
     * An item that cannot be ordered.
     *
     * @param index where it stands in the order, from 0
     * @param reason what is wrong with its sku
     */
    public record Refused(int index, String reason) {}

    private final transient List<Refused> items;

    RefusedItemsException(List<Refused> items) {
        super(items.size() + " items of an order are refused.");
        this.items = items;
    }

    public List<Refused> items() {
        return items;
    }
}

package io.orderflow.inventory.domain;

import io.orderflow.events.InvalidOrderException;

/** An article and its quantity. */
public record OrderLine(String sku, int quantity) {

    public static final int MAX_QUANTITY = 10_000;
    private static final int MAX_SKU_LENGTH = 64;

    public OrderLine {
        if (sku.isBlank() || sku.length() > MAX_SKU_LENGTH || sku.chars().anyMatch(Character::isISOControl)) {
            throw new InvalidOrderException("A sku has 1 to " + MAX_SKU_LENGTH + " printable characters.");
        }
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new InvalidOrderException(
                    "A quantity is a number from 1 to " + MAX_QUANTITY + ", not " + quantity + " (sku " + sku + ").");
        }
    }
}

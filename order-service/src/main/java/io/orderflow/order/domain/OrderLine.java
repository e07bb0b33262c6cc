package io.orderflow.order.domain;

import java.math.BigDecimal;

/**
 * A quantity of one product, at the price when the order was placed.
 *
 * @param sku the product's key
 * @param quantity from 1 to {@value #MAX_QUANTITY}
 * @param unitPrice in EUR
 */
public record OrderLine(String sku, int quantity, BigDecimal unitPrice) {

    public static final int MAX_QUANTITY = 10_000;

    public OrderLine {
        if (quantity < 1 || quantity > MAX_QUANTITY) {
            throw new IllegalArgumentException(
                    "1 to " + MAX_QUANTITY + " of a product can be ordered, not " + quantity + " of " + sku + ".");
        }
    }

    public BigDecimal amount() {
        return unitPrice.multiply(BigDecimal.valueOf(quantity));
    }
}

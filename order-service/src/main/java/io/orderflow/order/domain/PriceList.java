package io.orderflow.order.domain;

import java.math.BigDecimal;

/** The prices of all products, where they are changed. */
public interface PriceList {

    /** Stores another price; false if there is no such product. */
    boolean change(String sku, BigDecimal price);

    /** Reads all prices again before the next use: one of them was changed, here or by another instance. */
    void refresh();
}

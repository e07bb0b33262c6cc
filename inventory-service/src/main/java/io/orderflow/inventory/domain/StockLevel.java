package io.orderflow.inventory.domain;

/** How much there is of an article, and how much of it is spoken for or gone. */
public record StockLevel(String sku, long available, long reserved, long shipped) {

    boolean covers(OrderLine line) {
        return available >= line.quantity();
    }
}

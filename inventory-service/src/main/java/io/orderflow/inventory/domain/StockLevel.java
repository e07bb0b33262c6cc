package io.orderflow.inventory.domain;

/** The available, reserved and shipped quantity of an article. */
public record StockLevel(String sku, long available, long reserved, long shipped) {

    boolean covers(OrderLine line) {
        return available >= line.quantity();
    }
}

package io.orderflow.events;

/** A quantity of one product. */
public record OrderItem(String sku, int quantity) {}

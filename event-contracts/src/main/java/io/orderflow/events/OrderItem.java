package io.orderflow.events;

/** So many of an article. */
public record OrderItem(String sku, int quantity) {}

package io.orderflow.order.domain;

import java.math.BigDecimal;

/**
 * An article that can be ordered.
 *
 * @param sku its key
 * @param name for people
 * @param price in EUR
 */
public record Product(String sku, String name, BigDecimal price) {}

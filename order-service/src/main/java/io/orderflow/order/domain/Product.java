package io.orderflow.order.domain;

import java.math.BigDecimal;

/** A product on sale, with its price in EUR. */
public record Product(String sku, String name, BigDecimal price) {}

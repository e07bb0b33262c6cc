package io.orderflow.events;

import java.math.BigDecimal;
import java.time.Instant;

/**
 * The price of an article has changed. A broadcast: a hint to read prices again.
 *
 * @param currency of the price, by ISO 4217
 */
public record ProductPriceChanged(String sku, BigDecimal price, String currency, Instant changedAt) {

    public static final String TYPE = "product.price-changed.v1";
}

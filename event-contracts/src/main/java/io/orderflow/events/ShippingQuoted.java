package io.orderflow.events;

import java.math.BigDecimal;

/**
 * The reply to a {@link ShippingQuoteRequested}.
 *
 * @param currency of the price, by ISO 4217
 * @param days how many working days the shipment takes
 */
public record ShippingQuoted(String quoteId, BigDecimal price, String currency, int days) {

    public static final String TYPE = "shipping.quoted.v1";
}

package io.orderflow.events;

/** A request for the price of shipping this many articles. The reply is a {@link ShippingQuoted}. */
public record ShippingQuoteRequested(String quoteId, String priority, int articles) {

    public static final String TYPE = "shipping.quote-requested.v1";
}

package io.orderflow.events;

/** A request: what would it cost to ship this many articles? Answered by {@link ShippingQuoted}. */
public record ShippingQuoteRequested(String quoteId, String priority, int articles) {

    public static final String TYPE = "shipping.quote-requested.v1";
}

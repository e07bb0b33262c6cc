package io.orderflow.order.domain;

import java.math.BigDecimal;

/** Quotes of shipping-service for the price of a shipment. */
public interface ShippingQuotes {

    /** @param days working days */
    record Quote(BigDecimal price, String currency, int days) {}

    /**
     * Requests a quote and waits for the reply.
     *
     * @throws NoQuoteException if there is none: it was rejected, or did not arrive in time
     */
    Quote quote(Priority priority, int articles);
}

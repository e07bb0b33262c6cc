package io.orderflow.order.domain;

import java.math.BigDecimal;

/** What shipping-service says a shipment would cost. */
public interface ShippingQuotes {

    /** @param days working days */
    record Quote(BigDecimal price, String currency, int days) {}

    /**
     * Asks, and waits for the answer.
     *
     * @throws NoQuoteException if there is none: it was refused, or did not come in time
     */
    Quote quote(Priority priority, int articles);
}

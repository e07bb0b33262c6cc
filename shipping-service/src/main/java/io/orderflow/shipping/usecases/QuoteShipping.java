package io.orderflow.shipping.usecases;

import io.orderflow.events.ShippingQuoteRequested;
import io.orderflow.events.ShippingQuoted;
import io.orderflow.shipping.domain.Priority;
import io.orderflow.shipping.domain.ShippingRates;
import org.springframework.stereotype.Component;

/** Answers what a shipment would cost. Changes nothing. */
@Component
public class QuoteShipping {

    /** @throws IllegalArgumentException if the request cannot be quoted; the message may be shown to who asked */
    public ShippingQuoted quote(ShippingQuoteRequested request) {
        ShippingRates.Rate rate = ShippingRates.of(Priority.of(request.priority()), request.articles());
        return new ShippingQuoted(request.quoteId(), rate.price(), ShippingRates.CURRENCY, rate.days());
    }
}

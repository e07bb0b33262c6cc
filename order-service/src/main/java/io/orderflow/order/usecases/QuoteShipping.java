package io.orderflow.order.usecases;

import io.orderflow.order.domain.Priority;
import io.orderflow.order.domain.ShippingQuotes;
import org.springframework.stereotype.Component;

/** Quotes the price of shipping before an order is placed. */
@Component
public class QuoteShipping {

    private final ShippingQuotes quotes;

    QuoteShipping(ShippingQuotes quotes) {
        this.quotes = quotes;
    }

    /** @throws io.orderflow.order.domain.NoQuoteException if there is no quote */
    public ShippingQuotes.Quote quote(Priority priority, int articles) {
        return quotes.quote(priority, articles);
    }
}

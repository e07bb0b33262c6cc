package io.orderflow.shipping.handling;

import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.ShippingQuoteRequested;
import io.orderflow.events.ShippingQuoted;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.request.Problem;
import io.orderflow.messaging.request.Replies;
import io.orderflow.messaging.request.RequestFailedException;
import io.orderflow.shipping.usecases.QuoteShipping;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Answers requests for quotes; any instance of this service does. */
@Configuration(proxyBeanMethods = false)
class QuoteRequests {

    private static final String NO_QUOTE = "urn:orderflow:problem:no-quote";

    @Bean
    EventSubscription shippingQuoteRequests(Replies replies, QuoteShipping quotes) {
        return EventSubscription.of(Topics.SHIPPING_QUOTES, BookingTasks.GROUP)
                .on(
                        ShippingQuoteRequested.class,
                        ShippingQuoteRequested.TYPE,
                        replies.with(ShippingQuoted.TYPE, ShippingQuoted.class, request -> answer(quotes, request)))
                .unitOfWork(UnitOfWork.SELF_MANAGED);
    }

    private static ShippingQuoted answer(QuoteShipping quotes, ShippingQuoteRequested request) {
        try {
            return quotes.quote(request);
        } catch (IllegalArgumentException | InvalidOrderException e) {
            throw new RequestFailedException(new Problem(NO_QUOTE, "There is no quote for this", 422, e.getMessage()));
        }
    }
}

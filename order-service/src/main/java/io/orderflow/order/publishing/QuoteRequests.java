package io.orderflow.order.publishing;

import io.orderflow.events.ShippingQuoteRequested;
import io.orderflow.events.ShippingQuoted;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.request.RequestFailedException;
import io.orderflow.messaging.request.RequestTimeoutException;
import io.orderflow.messaging.request.Requests;
import io.orderflow.order.domain.NoQuoteException;
import io.orderflow.order.domain.Priority;
import io.orderflow.order.domain.ShippingQuotes;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Requests quotes from shipping-service, by request and reply. */
@Configuration(proxyBeanMethods = false)
class QuoteRequests {

    /** The HTTP client waits meanwhile. */
    private static final Duration TIMEOUT = Duration.ofSeconds(3);

    private static final int SERVER_ERROR = 500;

    @Bean
    EventType<ShippingQuoteRequested> shippingQuoteRequested() {
        return EventType.of(
                ShippingQuoteRequested.class,
                ShippingQuoteRequested.TYPE,
                Topics.SHIPPING_QUOTES,
                ShippingQuoteRequested::quoteId);
    }

    @Bean
    ShippingQuotes shippingQuotes(Requests requests) {
        return (priority, articles) -> quote(requests, priority, articles);
    }

    private static ShippingQuotes.Quote quote(Requests requests, Priority priority, int articles) {
        ShippingQuoteRequested request =
                new ShippingQuoteRequested(UUID.randomUUID().toString(), priority.toString(), articles);
        try {
            ShippingQuoted quoted =
                    requests.send(request, ShippingQuoted.class, TIMEOUT).join();
            return new ShippingQuotes.Quote(quoted.price(), quoted.currency(), quoted.days());
        } catch (CompletionException e) {
            throw noQuote(e);
        }
    }

    private static RuntimeException noQuote(CompletionException e) {
        if (e.getCause() instanceof RequestFailedException failed
                && failed.problem().status() < SERVER_ERROR) {
            return NoQuoteException.refused(String.valueOf(failed.problem().detail()));
        }
        return e.getCause() instanceof RequestTimeoutException || e.getCause() instanceof RequestFailedException
                ? NoQuoteException.unanswered()
                : e;
    }
}

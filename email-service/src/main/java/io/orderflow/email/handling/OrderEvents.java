package io.orderflow.email.handling;

import io.orderflow.email.domain.Email;
import io.orderflow.email.domain.EmailTexts;
import io.orderflow.email.usecases.SendEmail;
import io.orderflow.email.usecases.StoreContact;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderId;
import io.orderflow.events.OrderItem;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Handles the events of order-service. The addresses come on a topic of their own, see {@link ContactEvents}, and dispatch
 * notes follow {@link ShippingEvents}. The events of an order may come in any order: {@link SendEmail} ensures that no
 * confirmation is sent after the cancellation.
 */
@Configuration(proxyBeanMethods = false)
class OrderEvents {

    /** The creation of an order in the format of earlier versions, which carried the address. */
    record CreatedWithAddress(
            @Nullable String orderId, @Nullable String email) {

        void store(StoreContact contact) {
            if (email != null) {
                contact.store(OrderId.of(orderId), EmailAddress.of(email), null);
            }
        }

        /** Prints no address. */
        @Override
        public String toString() {
            return "CreatedWithAddress[orderId=" + orderId + "]";
        }
    }

    @Bean
    EventSubscription orders(StoreContact contact, SendEmail email) {
        return EmailSubscriptions.subscription(Topics.ORDERS)
                .on(CreatedWithAddress.class, OrderCreated.TYPE, (created, context) -> created.store(contact))
                .on(
                        OrderConfirmed.class,
                        OrderConfirmed.TYPE,
                        (confirmed, context) -> email.send(confirmation(confirmed)))
                .on(OrderRejected.class, OrderRejected.TYPE, (rejected, context) -> email.send(rejection(rejected)))
                .on(
                        OrderCancelled.class,
                        OrderCancelled.TYPE,
                        (cancelled, context) -> email.send(
                                EmailTexts.cancellation(OrderId.of(cancelled.orderId()), cancelled.reason())))
                .ignoring(OrderCancellationRequested.TYPE, OrderShipped.TYPE)
                .inSequence();
    }

    private static Email confirmation(OrderConfirmed confirmed) {
        OrderId orderId = OrderId.of(confirmed.orderId());
        @Nullable List<OrderItem> items = confirmed.items();
        if (items == null || items.stream().anyMatch(Objects::isNull)) {
            throw new InvalidOrderException("Order " + orderId + " is confirmed without its items.");
        }
        return EmailTexts.confirmation(orderId, items, confirmed.total(), confirmed.currency());
    }

    private static Email rejection(OrderRejected rejected) {
        List<OrderItem> missing = Objects.requireNonNullElse(rejected.items(), List.of());
        return EmailTexts.rejection(
                OrderId.of(rejected.orderId()),
                rejected.reason(),
                missing.stream().filter(Objects::nonNull).toList());
    }
}

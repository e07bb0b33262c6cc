package io.orderflow.email.handling;

import io.orderflow.email.domain.Letter;
import io.orderflow.email.domain.Letters;
import io.orderflow.email.usecases.RememberContact;
import io.orderflow.email.usecases.SendLetter;
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
 * What order-service tells: what there is to say. Whom to write to comes on a topic of its own, see {@link ContactEvents}.
 * That an order shipped, shipping says better. Events may come in any order: that nobody is told of a confirmation after the
 * cancellation, {@link SendLetter} sees to.
 *
 * <p>Order is not kept over retries here: a letter may wait for its address, and the event that brings it must never wait
 * behind the letter.
 */
@Configuration(proxyBeanMethods = false)
class OrderEvents {

    /** An order's creation as it was told before the address had a topic of its own, and as others may tell it still. */
    record CreatedWithAddress(
            @Nullable String orderId, @Nullable String email) {

        void remember(RememberContact contact) {
            if (email != null) {
                contact.remember(OrderId.of(orderId), EmailAddress.of(email));
            }
        }

        /** Prints no address. */
        @Override
        public String toString() {
            return "CreatedWithAddress[orderId=" + orderId + "]";
        }
    }

    @Bean
    EventSubscription orders(RememberContact contact, SendLetter letter) {
        return LetterPolicy.subscription(Topics.ORDERS)
                .on(CreatedWithAddress.class, OrderCreated.TYPE, (created, context) -> created.remember(contact))
                .on(
                        OrderConfirmed.class,
                        OrderConfirmed.TYPE,
                        (confirmed, context) -> letter.send(confirmation(confirmed)))
                .on(OrderRejected.class, OrderRejected.TYPE, (rejected, context) -> letter.send(rejection(rejected)))
                .on(
                        OrderCancelled.class,
                        OrderCancelled.TYPE,
                        (cancelled, context) ->
                                letter.send(Letters.cancellation(OrderId.of(cancelled.orderId()), cancelled.reason())))
                .ignoring(OrderCancellationRequested.TYPE, OrderShipped.TYPE)
                .inSequence();
    }

    private static Letter confirmation(OrderConfirmed confirmed) {
        OrderId orderId = OrderId.of(confirmed.orderId());
        @Nullable List<OrderItem> items = confirmed.items();
        if (items == null || items.stream().anyMatch(Objects::isNull)) {
            throw new InvalidOrderException("Order " + orderId + " is confirmed without saying what was ordered.");
        }
        return Letters.confirmation(orderId, items, confirmed.total(), confirmed.currency());
    }

    private static Letter rejection(OrderRejected rejected) {
        List<OrderItem> missing = Objects.requireNonNullElse(rejected.items(), List.of());
        return Letters.rejection(
                OrderId.of(rejected.orderId()),
                rejected.reason(),
                missing.stream().filter(Objects::nonNull).toList());
    }
}

package io.orderflow.email.handling;

import io.orderflow.email.domain.Letters;
import io.orderflow.email.usecases.SendLetter;
import io.orderflow.events.OrderId;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.ShipmentWithdrawn;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What shipping-service tells: an order is on its way. That one was withdrawn, order-service says: it is cancelled. */
@Configuration(proxyBeanMethods = false)
class ShippingEvents {

    @Bean
    EventSubscription shipping(SendLetter letter) {
        return LetterPolicy.subscription(Topics.SHIPPING)
                .on(
                        ShipmentDispatched.class,
                        ShipmentDispatched.TYPE,
                        (dispatched, context) -> letter.send(Letters.dispatchNote(
                                OrderId.of(dispatched.orderId()), dispatched.carrier(), dispatched.trackingNumber())))
                .ignoring(ShipmentWithdrawn.TYPE);
    }
}

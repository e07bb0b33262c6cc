package io.orderflow.email.handling;

import io.orderflow.email.domain.EmailTexts;
import io.orderflow.email.usecases.SendEmail;
import io.orderflow.events.OrderId;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.ShipmentWithdrawn;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Handles the events of shipping-service. A withdrawn shipment needs no e-mail: its order's cancellation has one. */
@Configuration(proxyBeanMethods = false)
class ShippingEvents {

    @Bean
    EventSubscription shipping(SendEmail email) {
        return EmailSubscriptions.subscription(Topics.SHIPPING)
                .on(
                        ShipmentDispatched.class,
                        ShipmentDispatched.TYPE,
                        (dispatched, context) -> email.send(EmailTexts.dispatchNote(
                                OrderId.of(dispatched.orderId()), dispatched.carrier(), dispatched.trackingNumber())))
                .ignoring(ShipmentWithdrawn.TYPE);
    }
}

package io.orderflow.shipping.publishing;

import io.orderflow.events.BookingCancellationRequested;
import io.orderflow.events.ShipmentBookingRequested;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.ShipmentWithdrawn;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventType;
import io.orderflow.shipping.domain.Priority;
import io.orderflow.shipping.domain.ShippingEvents;
import java.util.Set;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The events published on {@value Topics#SHIPPING}, ordered per order id, and the tasks of the two work queues. */
@Configuration(proxyBeanMethods = false)
class ShippingPublishing {

    @Bean
    EventType<ShipmentDispatched> shipmentDispatched() {
        return EventType.of(
                ShipmentDispatched.class, ShipmentDispatched.TYPE, Topics.SHIPPING, ShipmentDispatched::orderId);
    }

    @Bean
    EventType<ShipmentWithdrawn> shipmentWithdrawn() {
        return EventType.of(
                ShipmentWithdrawn.class, ShipmentWithdrawn.TYPE, Topics.SHIPPING, ShipmentWithdrawn::orderId);
    }

    @Bean
    EventType<ShipmentBookingRequested> bookingRequested() {
        return EventType.of(
                ShipmentBookingRequested.class,
                ShipmentBookingRequested.TYPE,
                Set.of(Topics.SHIPMENTS, Topics.SHIPMENTS_EXPRESS),
                ShippingPublishing::queue,
                ShipmentBookingRequested::shipmentId);
    }

    /** On the express queue for each priority: after the pick-up a cancellation is too late. */
    @Bean
    EventType<BookingCancellationRequested> bookingCancellationRequested() {
        return EventType.of(
                BookingCancellationRequested.class,
                BookingCancellationRequested.TYPE,
                Topics.SHIPMENTS_EXPRESS,
                BookingCancellationRequested::shipmentId);
    }

    static String queue(ShipmentBookingRequested task) {
        return Priority.EXPRESS == Priority.of(task.priority()) ? Topics.SHIPMENTS_EXPRESS : Topics.SHIPMENTS;
    }

    @Bean
    ShippingEvents shippingEvents(EventPublisher publisher) {
        return events -> events.forEach(publisher::publish);
    }
}

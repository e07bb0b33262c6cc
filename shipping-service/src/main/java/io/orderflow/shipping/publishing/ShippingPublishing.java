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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * What this service publishes: events on {@value Topics#SHIPPING}, those of an order in order, and tasks on the work
 * queue, where express ones have a lane of their own.
 */
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
                ShippingPublishing::lane,
                ShipmentBookingRequested::shipmentId);
    }

    /** On the express lane, whatever the shipment's priority: a parcel that is cancelled late has left. */
    @Bean
    EventType<BookingCancellationRequested> bookingCancellationRequested() {
        return EventType.of(
                BookingCancellationRequested.class,
                BookingCancellationRequested.TYPE,
                Topics.SHIPMENTS_EXPRESS,
                BookingCancellationRequested::shipmentId);
    }

    static String lane(ShipmentBookingRequested task) {
        return Priority.EXPRESS == Priority.of(task.priority()) ? Topics.SHIPMENTS_EXPRESS : Topics.SHIPMENTS;
    }

    @Bean
    ShippingEvents shippingEvents(EventPublisher publisher) {
        return events -> events.forEach(publisher::publish);
    }
}

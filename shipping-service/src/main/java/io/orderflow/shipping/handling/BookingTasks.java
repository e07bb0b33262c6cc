package io.orderflow.shipping.handling;

import io.orderflow.events.ShipmentBookingRequested;
import io.orderflow.events.Topics;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.UnitOfWork;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.shipping.usecases.BookCarrier;
import io.orderflow.shipping.usecases.UnknownShipmentException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * The work queue that all instances of this service share. Each lane has workers of its own, so that an express booking
 * never waits behind standard ones.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BookingProperties.class)
class BookingTasks {

    static final String GROUP = "shipping";

    /** Tasks are slow: a worker takes few at a time, so that the others find some. */
    private static final ConsumerOptions FEW_AT_A_TIME =
            ConsumerOptions.defaults().withMaxPollMessages(4);

    private static final int MAX_ATTEMPTS = 10;

    @Bean
    EventSubscription standardBookings(BookCarrier carrier, BookingProperties properties) {
        return lane(Topics.SHIPMENTS, carrier, properties);
    }

    @Bean
    EventSubscription expressBookings(BookCarrier carrier, BookingProperties properties) {
        return lane(Topics.SHIPMENTS_EXPRESS, carrier, properties);
    }

    private static EventSubscription lane(String topic, BookCarrier carrier, BookingProperties properties) {
        return EventSubscription.of(topic, GROUP)
                .on(
                        ShipmentBookingRequested.class,
                        ShipmentBookingRequested.TYPE,
                        (task, context) -> carrier.book(task.shipmentId()))
                .retrying(RetryPolicy.defaults().maxAttempts(MAX_ATTEMPTS).givingUpOn(UnknownShipmentException.class))
                .unitOfWork(UnitOfWork.HANDLERS_OWN)
                .members(properties.workers())
                .reading(FEW_AT_A_TIME);
    }
}

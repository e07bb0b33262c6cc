package io.orderflow.shipping.handling;

import io.orderflow.events.BookingCancellationRequested;
import io.orderflow.events.ShipmentBookingRequested;
import io.orderflow.events.Topics;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.shipping.usecases.BookCarrier;
import io.orderflow.shipping.usecases.CancelBooking;
import io.orderflow.shipping.usecases.NotWithdrawnException;
import io.orderflow.shipping.usecases.UnknownShipmentException;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Handles the tasks to book a carrier and to cancel a booking. The standard and the express queue have workers of their own,
 * so that an express booking never waits for standard ones.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BookingProperties.class)
class BookingTasks {

    static final String GROUP = "shipping";

    /** Tasks are slow: small polls distribute them evenly over the workers. */
    private static final int MAX_POLL_MESSAGES = 4;

    private static final int MAX_ATTEMPTS = 10;

    @Bean
    EventSubscription standardBookings(BookCarrier book, CancelBooking cancel, BookingProperties properties) {
        return queue(Topics.SHIPMENTS, book, cancel, properties);
    }

    @Bean
    EventSubscription expressBookings(BookCarrier book, CancelBooking cancel, BookingProperties properties) {
        return queue(Topics.SHIPMENTS_EXPRESS, book, cancel, properties);
    }

    private static EventSubscription queue(
            String topic, BookCarrier book, CancelBooking cancel, BookingProperties properties) {
        return EventSubscription.of(topic, GROUP)
                .on(
                        ShipmentBookingRequested.class,
                        ShipmentBookingRequested.TYPE,
                        (task, context) -> book.book(task.shipmentId()))
                .on(
                        BookingCancellationRequested.class,
                        BookingCancellationRequested.TYPE,
                        (task, context) -> cancel.cancel(task.shipmentId()))
                .maxAttempts(MAX_ATTEMPTS)
                .notRetrying(UnknownShipmentException.class)
                .notRetrying(NotWithdrawnException.class)
                .unitOfWork(UnitOfWork.SELF_MANAGED)
                .members(properties.workers())
                .maxPollMessages(MAX_POLL_MESSAGES);
    }
}

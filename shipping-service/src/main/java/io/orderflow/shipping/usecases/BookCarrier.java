package io.orderflow.shipping.usecases;

import io.orderflow.shipping.domain.Booking;
import io.orderflow.shipping.domain.Carrier;
import io.orderflow.shipping.domain.Change;
import io.orderflow.shipping.domain.Shipment;
import io.orderflow.shipping.domain.Shipment.Status;
import io.orderflow.shipping.domain.Shipments;
import io.orderflow.shipping.domain.ShippingEvents;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Books a carrier for a planned shipment. The carrier is called outside a transaction: meanwhile the shipment can be
 * withdrawn, and another worker can handle the same task. Afterwards the shipment is locked, and either dispatched or, if it
 * was withdrawn, the cancellation of the booking is published as a task of its own.
 */
@Service
public class BookCarrier {

    private static final Logger log = LoggerFactory.getLogger(BookCarrier.class);

    private final Shipments shipments;
    private final Carrier carrier;
    private final ShippingEvents events;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    BookCarrier(
            Shipments shipments,
            Carrier carrier,
            ShippingEvents events,
            TransactionOperations transactions,
            InstantSource clock) {
        this.shipments = shipments;
        this.carrier = carrier;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    public void book(@Nullable String shipmentId) {
        Shipment shipment = Optional.ofNullable(shipmentId)
                .flatMap(shipments::find)
                .orElseThrow(() -> new UnknownShipmentException(shipmentId));
        switch (shipment.status()) {
            case PLANNED -> bookPlanned(shipment.id());
            // A worker may have been killed between booking and requesting the cancellation.
            case WITHDRAWN -> applyOutcome(shipment.id(), Shipment::bookingUncertain);
            case DISPATCHED -> log.debug("Shipment {} is already dispatched.", shipment.id());
        }
    }

    private void bookPlanned(String id) {
        Booking booking;
        try {
            booking = carrier.book(id);
        } catch (RuntimeException e) {
            // The carrier may have booked nevertheless, and this may be the last attempt.
            if (applyOutcome(id, Shipment::bookingUncertain)) {
                return;
            }
            throw e;
        }
        applyOutcome(id, (shipment, now) -> shipment.booked(booking, now));
    }

    /** Applies the outcome to the locked shipment; returns whether it changes anything. */
    private boolean applyOutcome(String id, BiFunction<Shipment, Instant, Optional<Change>> outcome) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            Shipment shipment = shipments.lock(id).orElseThrow(() -> new UnknownShipmentException(id));
            Optional<Change> change = outcome.apply(shipment, clock.instant());
            change.ifPresent(this::apply);
            return change.isPresent();
        }));
    }

    private void apply(Change change) {
        shipments.update(change.shipment());
        events.publish(change.events());
        if (change.shipment().status() == Status.WITHDRAWN) {
            log.info(
                    "Shipment {} was withdrawn during the booking. The cancellation of the booking is requested.",
                    change.shipment().id());
        }
    }
}

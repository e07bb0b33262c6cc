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
 * Books a carrier for a planned shipment. The carrier is called outside any transaction, so the shipment can be withdrawn
 * meanwhile, and another worker may be at the same task: the lock on its row decides what the booking was good for. Where a
 * withdrawal came first, the cancellation of the booking is a task of its own, published with what was decided.
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
            // A worker may have died between booking and finding that out.
            case WITHDRAWN -> settle(shipment.id(), Shipment::bookingUncertain);
            case DISPATCHED -> log.debug("Shipment {} is dispatched already.", shipment.id());
        }
    }

    private void bookPlanned(String id) {
        Booking booking;
        try {
            booking = carrier.book(id);
        } catch (RuntimeException e) {
            // This may be the task's last attempt, and the carrier may have booked all the same.
            if (settle(id, Shipment::bookingUncertain)) {
                return;
            }
            throw e;
        }
        settle(id, (shipment, now) -> shipment.booked(booking, now));
    }

    /** Answers whether there was anything to do. */
    private boolean settle(String id, BiFunction<Shipment, Instant, Optional<Change>> outcome) {
        return Boolean.TRUE.equals(transactions.execute(transaction -> {
            Shipment shipment = shipments.lock(id).orElseThrow(() -> new UnknownShipmentException(id));
            Optional<Change> change = outcome.apply(shipment, clock.instant());
            change.ifPresent(this::carryOut);
            return change.isPresent();
        }));
    }

    private void carryOut(Change change) {
        shipments.update(change.shipment());
        events.publish(change.events());
        if (change.shipment().status() == Status.WITHDRAWN) {
            log.info(
                    "Shipment {} was withdrawn meanwhile; that its booking is cancelled is requested.",
                    change.shipment().id());
        }
    }
}

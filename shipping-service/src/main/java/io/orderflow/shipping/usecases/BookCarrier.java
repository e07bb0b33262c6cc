package io.orderflow.shipping.usecases;

import io.orderflow.shipping.domain.Booking;
import io.orderflow.shipping.domain.Carrier;
import io.orderflow.shipping.domain.Change;
import io.orderflow.shipping.domain.Shipment;
import io.orderflow.shipping.domain.Shipment.Status;
import io.orderflow.shipping.domain.Shipments;
import io.orderflow.shipping.domain.ShippingEvents;
import java.time.InstantSource;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Books a carrier for a planned shipment. The carrier is called outside any transaction, so the shipment can be withdrawn
 * meanwhile, and another worker may be at the same task: the lock on its row decides what the booking was good for.
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
        Status status = shipment.status();
        if (status == Status.PLANNED) {
            Booking booking = carrier.book(shipment.id());
            status = dispatch(shipment.id(), booking);
        }
        if (status == Status.WITHDRAWN) {
            // Also when it was found withdrawn: a worker may have died between booking and finding that out.
            carrier.cancel(shipment.id());
            log.info("Shipment {} was withdrawn; a booking that was made for it is cancelled.", shipment.id());
        }
    }

    private Status dispatch(String shipmentId, Booking booking) {
        Status status = transactions.execute(transaction -> {
            Shipment shipment = shipments.lock(shipmentId).orElseThrow(() -> new UnknownShipmentException(shipmentId));
            return shipment.dispatch(booking, clock.instant())
                    .map(this::carryOut)
                    .orElse(shipment.status());
        });
        return status;
    }

    private Status carryOut(Change change) {
        shipments.update(change.shipment());
        events.publish(change.events());
        return change.shipment().status();
    }
}

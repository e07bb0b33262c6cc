package io.orderflow.shipping.domain;

import io.orderflow.events.BookingCancellationRequested;
import io.orderflow.events.OrderId;
import io.orderflow.events.ShipmentBookingRequested;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.ShipmentWithdrawn;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is sent for an order, if it is sent.
 *
 * <pre>
 *   (new) --order confirmed--> PLANNED --carrier booked---------> DISPATCHED
 *     |                             `--cancellation requested---> WITHDRAWN
 *     `---cancellation requested--------------------------------> WITHDRAWN, never planned
 * </pre>
 *
 * DISPATCHED and WITHDRAWN exclude each other and are final: this is where it is decided whether a cancellation comes in
 * time.
 *
 * @param priority null if it was withdrawn before it was planned
 * @param booking there when it is dispatched
 */
public record Shipment(
        String id,
        OrderId orderId,
        @Nullable Priority priority,
        Status status,
        @Nullable Booking booking,
        Instant updatedAt) {

    /** How far a shipment has come. */
    public enum Status {
        PLANNED,
        DISPATCHED,
        WITHDRAWN
    }

    /** A shipment to book a carrier for. */
    public static Change plan(String id, OrderId orderId, Priority priority, Instant now) {
        return new Change(
                new Shipment(id, orderId, priority, Status.PLANNED, null, now),
                new ShipmentBookingRequested(id, orderId.value(), priority.toString(), now));
    }

    /** The trace of a cancellation that came before the confirmation, which then plans nothing. */
    public static Change withdrawBeforePlanned(String id, OrderId orderId, Instant now) {
        return new Shipment(id, orderId, null, Status.WITHDRAWN, null, now).withdrawn(now);
    }

    /** The carrier has taken it. If it has been withdrawn meanwhile, that is to be cancelled; empty if it was known. */
    public Optional<Change> booked(Booking booking, Instant now) {
        if (status != Status.PLANNED) {
            return bookingUncertain(now);
        }
        Shipment sent = new Shipment(id, orderId, priority, Status.DISPATCHED, booking, now);
        return Optional.of(new Change(sent, sent.dispatched(booking)));
    }

    /** The carrier may have taken it or not. If it has been withdrawn, that is to be cancelled; empty otherwise. */
    public Optional<Change> bookingUncertain(Instant now) {
        return status == Status.WITHDRAWN
                ? Optional.of(new Change(this, cancellationOfBooking(now)))
                : Optional.empty();
    }

    /**
     * It shall not be sent, and what a carrier may have booked is to be cancelled. If its end is decided already, that is
     * answered once more: whoever requests again may not have received the answer.
     */
    public Change withdraw(Instant now) {
        return switch (status) {
            case PLANNED -> new Shipment(id, orderId, priority, Status.WITHDRAWN, null, now).withdrawn(now);
            case WITHDRAWN -> withdrawn(now);
            case DISPATCHED -> new Change(this, dispatched(Objects.requireNonNull(booking)));
        };
    }

    private Change withdrawn(Instant now) {
        ShipmentWithdrawn answer = new ShipmentWithdrawn(orderId.value(), updatedAt);
        return priority == null
                ? new Change(this, answer) // it was never planned
                : new Change(this, List.of(answer, cancellationOfBooking(now)));
    }

    private ShipmentDispatched dispatched(Booking by) {
        return new ShipmentDispatched(id, orderId.value(), by.carrier(), by.trackingNumber(), updatedAt);
    }

    private BookingCancellationRequested cancellationOfBooking(Instant now) {
        return new BookingCancellationRequested(id, orderId.value(), now);
    }
}

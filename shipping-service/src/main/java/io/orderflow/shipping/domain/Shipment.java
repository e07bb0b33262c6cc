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
 * The shipment of an order.
 *
 * <pre>
 *   (new) --order confirmed--> PLANNED --carrier booked---------> DISPATCHED
 *     |                             `--cancellation requested---> WITHDRAWN
 *     `---cancellation requested--------------------------------> WITHDRAWN, never planned
 * </pre>
 *
 * DISPATCHED and WITHDRAWN are final: a cancellation succeeds if the shipment is withdrawn before it is dispatched.
 *
 * @param priority null if it was withdrawn before it was planned
 * @param booking set if DISPATCHED
 */
public record Shipment(
        String id,
        OrderId orderId,
        @Nullable Priority priority,
        Status status,
        @Nullable Booking booking,
        Instant updatedAt) {

    /** The state of a shipment. */
    public enum Status {
        PLANNED,
        DISPATCHED,
        WITHDRAWN
    }

    /** A planned shipment, and the task to book a carrier for it. */
    public static Change plan(String id, OrderId orderId, Priority priority, Instant now) {
        return new Change(
                new Shipment(id, orderId, priority, Status.PLANNED, null, now),
                new ShipmentBookingRequested(id, orderId.value(), priority.toString(), now));
    }

    /** Records a cancellation that arrived before the confirmation, so that nothing is planned later. */
    public static Change withdrawBeforePlanned(String id, OrderId orderId, Instant now) {
        return new Shipment(id, orderId, null, Status.WITHDRAWN, null, now).withdrawn(now);
    }

    /** The carrier is booked. If the shipment was withdrawn, the booking is to be cancelled. Empty if already dispatched. */
    public Optional<Change> booked(Booking booking, Instant now) {
        if (status != Status.PLANNED) {
            return bookingUncertain(now);
        }
        Shipment dispatched = new Shipment(id, orderId, priority, Status.DISPATCHED, booking, now);
        return Optional.of(new Change(dispatched, dispatched.dispatched(booking)));
    }

    /** The carrier may be booked. If the shipment was withdrawn, the booking is to be cancelled. Empty otherwise. */
    public Optional<Change> bookingUncertain(Instant now) {
        return status == Status.WITHDRAWN
                ? Optional.of(new Change(this, cancellationOfBooking(now)))
                : Optional.empty();
    }

    /**
     * Withdraws the shipment and requests the cancellation of a booking. In a final state, the answer is published again:
     * the sender of a repeated request may not have received it.
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

    private ShipmentDispatched dispatched(Booking booking) {
        return new ShipmentDispatched(id, orderId.value(), booking.carrier(), booking.trackingNumber(), updatedAt);
    }

    private BookingCancellationRequested cancellationOfBooking(Instant now) {
        return new BookingCancellationRequested(id, orderId.value(), now);
    }
}

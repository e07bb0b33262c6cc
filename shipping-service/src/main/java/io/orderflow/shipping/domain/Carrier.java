package io.orderflow.shipping.domain;

/**
 * Transports shipments. Slow and remote: never called inside a database transaction. Thread-safe.
 *
 * <p>Both operations are idempotent by the reference: booking again returns the existing booking, and cancelling a booking
 * that is cancelled or does not exist has no effect.
 */
public interface Carrier {

    /** @throws CarrierUnavailableException if it is not certain that the booking was made */
    Booking book(String reference);

    /** @throws CarrierUnavailableException if it is not certain that the booking is cancelled */
    void cancel(String reference);
}

package io.orderflow.shipping.domain;

/**
 * Takes shipments. Slow and remote: never called inside a database transaction. Safe for many threads.
 *
 * <p>The reference makes a repetition harmless: booking again with it answers with the booking there is, and cancelling
 * what is cancelled or was never booked does nothing.
 */
public interface Carrier {

    /** @throws CarrierUnavailableException if it is not certain that the booking was made */
    Booking book(String reference);

    /** @throws CarrierUnavailableException if it is not certain that the booking is cancelled */
    void cancel(String reference);
}

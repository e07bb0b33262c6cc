package io.orderflow.shipping;

import io.orderflow.shipping.domain.Booking;
import io.orderflow.shipping.domain.Carrier;
import io.orderflow.shipping.domain.CarrierUnavailableException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** Records its bookings; a test can run code during a booking, make the carrier unavailable, and lose its responses. */
public class TestCarrier implements Carrier {

    private final Set<String> bookings = ConcurrentHashMap.newKeySet();
    private volatile Runnable duringBooking = () -> {};
    private volatile boolean losesResponses;

    @Override
    public Booking book(String reference) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The carrier was called inside a transaction.");
        }
        duringBooking.run();
        bookings.add(reference);
        if (losesResponses) {
            throw new CarrierUnavailableException("The carrier's response is lost.");
        }
        return new Booking("Parcel", "T-" + reference.substring(0, 8));
    }

    @Override
    public void cancel(String reference) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The carrier was called inside a transaction.");
        }
        bookings.remove(reference);
    }

    /** The references of the bookings that are not cancelled. */
    public Set<String> bookings() {
        return bookings;
    }

    /** Runs this during each booking, before it is made. */
    public void duringBooking(Runnable action) {
        duringBooking = action;
    }

    /** Fails each booking before it is made. */
    public void becomeUnavailable() {
        duringBooking(() -> {
            throw new CarrierUnavailableException("The carrier is unavailable.");
        });
    }

    /** Fails each booking after it is made. */
    public void loseResponses() {
        losesResponses = true;
    }

    public void reset() {
        losesResponses = false;
        bookings.clear();
        duringBooking(() -> {});
    }
}

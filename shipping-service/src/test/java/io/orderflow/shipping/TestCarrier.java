package io.orderflow.shipping;

import io.orderflow.shipping.domain.Booking;
import io.orderflow.shipping.domain.Carrier;
import io.orderflow.shipping.domain.CarrierUnavailableException;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/** A carrier that knows which bookings stand, and to whom things can be done while it is being asked. */
public class TestCarrier implements Carrier {

    private final Set<String> standing = ConcurrentHashMap.newKeySet();
    private volatile Runnable whileBooking = () -> {};
    private volatile boolean losesAnswers;

    @Override
    public Booking book(String reference) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The carrier was called inside a transaction.");
        }
        whileBooking.run();
        standing.add(reference);
        if (losesAnswers) {
            throw new CarrierUnavailableException("The carrier's answer is lost.");
        }
        return new Booking("Parcel", "T-" + reference.substring(0, 8));
    }

    @Override
    public void cancel(String reference) {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("The carrier was called inside a transaction.");
        }
        standing.remove(reference);
    }

    /** The references whose bookings were made and not cancelled. */
    public Set<String> standing() {
        return standing;
    }

    /** Does something during each booking, before it is made. */
    public void whileBooking(Runnable something) {
        whileBooking = something;
    }

    /** Does not answer any more. */
    public void goAway() {
        whileBooking(() -> {
            throw new CarrierUnavailableException("The carrier is away.");
        });
    }

    /** Books, and nobody learns of it. */
    public void losingAnswers() {
        losesAnswers = true;
    }

    public void reset() {
        losesAnswers = false;
        standing.clear();
        whileBooking(() -> {});
    }
}

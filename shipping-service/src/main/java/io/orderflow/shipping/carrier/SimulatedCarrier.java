package io.orderflow.shipping.carrier;

import io.orderflow.shipping.domain.Booking;
import io.orderflow.shipping.domain.Carrier;
import io.orderflow.shipping.domain.CarrierUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/**
 * A carrier that remembers nothing: the tracking number follows from the reference, and so a repeated booking is the same
 * booking, whichever process asks.
 */
class SimulatedCarrier implements Carrier {

    static final String NAME = "Simulated Parcel";

    private final SimulatedCarrierProperties properties;
    private final DoubleSupplier random;

    /** @param random numbers from 0 (included) to 1 (excluded), by which answers fail */
    SimulatedCarrier(SimulatedCarrierProperties properties, DoubleSupplier random) {
        this.properties = properties;
        this.random = random;
    }

    @Override
    public Booking book(String reference) {
        answer("book", reference);
        UUID hash = UUID.nameUUIDFromBytes(reference.getBytes(StandardCharsets.UTF_8));
        return new Booking(
                NAME, "SIM" + hash.toString().replace("-", "").substring(0, 12).toUpperCase(Locale.ROOT));
    }

    @Override
    public void cancel(String reference) {
        answer("cancel", reference);
    }

    private void answer(String request, String reference) {
        try {
            TimeUnit.NANOSECONDS.sleep(properties.delay().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CarrierUnavailableException(
                    "Interrupted while the carrier was asked to " + request + " " + reference + ".");
        }
        if (random.getAsDouble() < properties.failureRate()) {
            throw new CarrierUnavailableException("The carrier failed to " + request + " " + reference
                    + ", as shipping.carrier.failure-rate=" + properties.failureRate() + " has it.");
        }
    }
}

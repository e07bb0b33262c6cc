package io.orderflow.shipping.carrier;

import io.orderflow.shipping.domain.Booking;
import io.orderflow.shipping.domain.Carrier;
import io.orderflow.shipping.domain.CarrierUnavailableException;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.function.DoubleSupplier;

/** A stateless carrier: the tracking number is derived from the reference, so a repeated booking has the same result. */
class SimulatedCarrier implements Carrier {

    static final String NAME = "Simulated Parcel";

    private final SimulatedCarrierProperties properties;
    private final DoubleSupplier random;

    /** @param random numbers from 0 (inclusive) to 1 (exclusive); a request fails if its number is below the failure rate */
    SimulatedCarrier(SimulatedCarrierProperties properties, DoubleSupplier random) {
        this.properties = properties;
        this.random = random;
    }

    @Override
    public Booking book(String reference) {
        respond("book", reference);
        UUID hash = UUID.nameUUIDFromBytes(reference.getBytes(StandardCharsets.UTF_8));
        return new Booking(
                NAME, "SIM" + hash.toString().replace("-", "").substring(0, 12).toUpperCase(Locale.ROOT));
    }

    @Override
    public void cancel(String reference) {
        respond("cancel", reference);
    }

    private void respond(String request, String reference) {
        try {
            TimeUnit.NANOSECONDS.sleep(properties.delay().toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CarrierUnavailableException(
                    "Interrupted while waiting for the carrier to " + request + " " + reference + ".");
        }
        if (random.getAsDouble() < properties.failureRate()) {
            throw new CarrierUnavailableException("The carrier failed to " + request + " " + reference
                    + " (simulated by shipping.carrier.failure-rate=" + properties.failureRate() + ").");
        }
    }
}

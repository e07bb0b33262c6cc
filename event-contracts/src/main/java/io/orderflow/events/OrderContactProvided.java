package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Whom to write to about an order. Personal data, and therefore an event of its own on a topic of its own, which nobody reads
 * but who writes to customers.
 */
public record OrderContactProvided(
        String orderId, String email, @Nullable Instant providedAt) {

    public static final String TYPE = "order.contact-provided.v1";

    /** Prints no address. */
    @Override
    public String toString() {
        return "OrderContactProvided[orderId=" + orderId + "]";
    }
}

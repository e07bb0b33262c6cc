package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The customer's e-mail address for an order. Personal data, and therefore on a topic of its own that only email-service
 * subscribes to.
 */
public record OrderContactProvided(
        String orderId, String email, @Nullable Instant providedAt) {

    public static final String TYPE = "order.contact-provided.v1";

    /** Without the address. */
    @Override
    public String toString() {
        return "OrderContactProvided[orderId=" + orderId + "]";
    }
}

package io.orderflow.events;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * The customer's e-mail address for an order, and the customer's own document about it. Personal data, and therefore on a topic of its
 * own that only email-service subscribes to.
 *
 * @param purchaseOrder a text, which may be large; null if there is none
 */
public record OrderContactProvided(
        String orderId,
        String email,
        @Nullable Instant providedAt,
        @Nullable String purchaseOrder) {

    public static final String TYPE = "order.contact-provided.v1";

    /** Without the address and the document. */
    @Override
    public String toString() {
        return "OrderContactProvided[orderId=" + orderId + "]";
    }
}

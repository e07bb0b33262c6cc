package io.orderflow.order.domain;

import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderContactProvided;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The customer of an order.
 *
 * @param id the customer's id
 * @param email the address for e-mails about the order; personal data: published, but neither logged nor stored
 */
public record Customer(String id, String email) {

    /** @throws io.orderflow.events.InvalidOrderException if the address is invalid */
    public Customer {
        EmailAddress.of(email);
    }

    /**
     * The event that carries the address.
     *
     * @param purchaseOrder the customer's own document about the order
     */
    public OrderContactProvided contactFor(UUID orderId, @Nullable String purchaseOrder, Instant now) {
        return new OrderContactProvided(orderId.toString(), email, now, purchaseOrder);
    }

    @Override
    public String toString() {
        return id;
    }
}

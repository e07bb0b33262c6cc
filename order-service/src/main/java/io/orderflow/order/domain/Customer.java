package io.orderflow.order.domain;

import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderContactProvided;
import java.time.Instant;
import java.util.UUID;

/**
 * Who orders.
 *
 * @param id the customer
 * @param email where mails about this order go; personal, so it is never logged, and passed on without being kept
 */
public record Customer(String id, String email) {

    /** @throws io.orderflow.events.InvalidOrderException if no mail can be sent to that address */
    public Customer {
        EmailAddress.of(email);
    }

    /** What those who write to customers have to know. */
    public OrderContactProvided contactFor(UUID orderId, Instant now) {
        return new OrderContactProvided(orderId.toString(), email, now);
    }

    @Override
    public String toString() {
        return id;
    }
}

package io.orderflow.email.domain;

import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import java.time.Duration;
import java.util.Optional;

/** The customers' addresses, one an order. */
public interface Contacts {

    /** Stores the address. If the order has one already, that one stays. */
    void store(OrderId orderId, EmailAddress address);

    Optional<EmailAddress> find(OrderId orderId);

    /** Deletes the addresses stored longer ago than that, by the database's clock; returns how many. */
    int deleteOlderThan(Duration retention);
}

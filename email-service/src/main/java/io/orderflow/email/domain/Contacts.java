package io.orderflow.email.domain;

import io.orderflow.events.OrderId;
import java.time.Duration;
import java.util.Optional;

/** The customers' addresses and documents, one of each an order. */
public interface Contacts {

    /** Stores the contact. If the order has one already, that one stays. */
    void store(OrderId orderId, Contact contact);

    Optional<Contact> find(OrderId orderId);

    /** Deletes the contacts stored longer ago than that, by the database's clock; returns how many. */
    int deleteOlderThan(Duration retention);
}

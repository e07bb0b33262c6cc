package io.orderflow.email.domain;

import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import java.time.Duration;
import java.util.Optional;

/** Whom to write to about an order. */
public interface Contacts {

    /** Remembers the address; the first one of an order stays. */
    void remember(OrderId orderId, EmailAddress address);

    Optional<EmailAddress> find(OrderId orderId);

    /** Forgets the addresses that were remembered longer ago, by the database's clock; answers how many. */
    int forgetAfter(Duration retention);
}

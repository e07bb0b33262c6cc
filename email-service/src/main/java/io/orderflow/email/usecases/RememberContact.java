package io.orderflow.email.usecases;

import io.orderflow.email.domain.Contacts;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import org.springframework.stereotype.Service;

/** Remembers whom to write to about an order. */
@Service
public class RememberContact {

    private final Contacts contacts;

    RememberContact(Contacts contacts) {
        this.contacts = contacts;
    }

    public void remember(OrderId orderId, EmailAddress address) {
        contacts.remember(orderId, address);
    }
}

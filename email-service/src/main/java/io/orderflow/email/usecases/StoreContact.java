package io.orderflow.email.usecases;

import io.orderflow.email.domain.Contacts;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import org.springframework.stereotype.Service;

/** Stores the customer's address of an order. */
@Service
public class StoreContact {

    private final Contacts contacts;

    StoreContact(Contacts contacts) {
        this.contacts = contacts;
    }

    public void store(OrderId orderId, EmailAddress address) {
        contacts.store(orderId, address);
    }
}

package io.orderflow.email.usecases;

import io.orderflow.email.domain.Contact;
import io.orderflow.email.domain.Contacts;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Stores the customer's address and document of an order. */
@Service
public class StoreContact {

    private final Contacts contacts;

    StoreContact(Contacts contacts) {
        this.contacts = contacts;
    }

    public void store(OrderId orderId, EmailAddress address, @Nullable String purchaseOrder) {
        contacts.store(orderId, new Contact(address, purchaseOrder));
    }
}

package io.orderflow.email.domain;

import io.orderflow.events.EmailAddress;
import org.jspecify.annotations.Nullable;

/**
 * How a customer is reached about an order.
 *
 * @param purchaseOrder the customer's own document, which is attached to the confirmation; null if there is none
 */
public record Contact(EmailAddress address, @Nullable String purchaseOrder) {

    /** Without the address and the document. */
    @Override
    public String toString() {
        return "Contact";
    }
}

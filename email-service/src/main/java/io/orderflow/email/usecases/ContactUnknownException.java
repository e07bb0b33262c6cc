package io.orderflow.email.usecases;

import io.orderflow.events.OrderId;

/** There is a letter for a customer whose address has not arrived yet: it comes over another topic. */
public class ContactUnknownException extends RuntimeException {

    ContactUnknownException(OrderId orderId) {
        super("Nobody is known yet to write to about order " + orderId + ": its creation has not been seen.");
    }
}

package io.orderflow.email.usecases;

import io.orderflow.events.OrderId;

/** The customer's address has not arrived yet: it travels on a topic of its own. */
public class ContactUnknownException extends RuntimeException {

    ContactUnknownException(OrderId orderId) {
        super("The e-mail address of order " + orderId + " has not arrived yet on the topic of contacts.");
    }
}

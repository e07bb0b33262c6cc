package io.orderflow.email.usecases;

import io.orderflow.email.domain.Email;

/** Another instance is sending this e-mail, or one that it supersedes. That may fail, so the event is retried. */
public class EmailLeasedException extends RuntimeException {

    EmailLeasedException(Email email) {
        super("The " + email.kind() + " of order " + email.orderId()
                + " is being sent by another instance, or waits for an e-mail that is.");
    }
}

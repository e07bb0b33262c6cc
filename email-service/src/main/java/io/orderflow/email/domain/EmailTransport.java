package io.orderflow.email.domain;

import io.orderflow.events.EmailAddress;

/** Sends an e-mail. Slow and remote: never called inside a database transaction. */
@FunctionalInterface
public interface EmailTransport {

    /**
     * Returns once the mail server has accepted the e-mail.
     *
     * @throws EmailRefusedException if it was refused permanently
     * @throws RuntimeException if a retry can succeed
     */
    void deliver(Email email, EmailAddress to);
}

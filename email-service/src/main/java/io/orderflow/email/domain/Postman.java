package io.orderflow.email.domain;

import io.orderflow.events.EmailAddress;

/** Takes a letter to where it goes. Slow and remote: never called inside a database transaction. */
@FunctionalInterface
public interface Postman {

    /**
     * Returns once the letter has been accepted by the next mail server.
     *
     * @throws LetterRefusedException if it was refused for good
     * @throws RuntimeException if it is worth another try
     */
    void deliver(Letter letter, EmailAddress to);
}

package io.orderflow.email.domain;

/** A mail server said no, and will say so again. */
public class LetterRefusedException extends RuntimeException {

    public LetterRefusedException(String message) {
        super(message);
    }
}

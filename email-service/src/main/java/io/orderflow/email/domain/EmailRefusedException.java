package io.orderflow.email.domain;

/** The mail server refused the e-mail permanently (SMTP 5xx); a retry would be refused too. */
public class EmailRefusedException extends RuntimeException {

    public EmailRefusedException(String message) {
        super(message);
    }
}

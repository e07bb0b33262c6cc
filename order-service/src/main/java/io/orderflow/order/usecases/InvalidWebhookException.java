package io.orderflow.order.usecases;

/** A webhook is refused for the value of one field. */
public class InvalidWebhookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String field;

    InvalidWebhookException(String field, String message) {
        super(message);
        this.field = field;
    }

    public String field() {
        return field;
    }
}

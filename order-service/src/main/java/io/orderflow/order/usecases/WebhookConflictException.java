package io.orderflow.order.usecases;

/** A request does not fit the state of the webhooks. */
public class WebhookConflictException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WebhookConflictException(String message) {
        super(message);
    }
}

package io.orderflow.order.usecases;

/** There is no such webhook, or it has no such delivery. */
public class UnknownWebhookException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownWebhookException(String what, Object id) {
        super("There is no " + what + " " + id + ".");
    }
}

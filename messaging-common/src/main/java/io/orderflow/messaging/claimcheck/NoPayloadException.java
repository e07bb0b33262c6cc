package io.orderflow.messaging.claimcheck;

import io.orderflow.messaging.handling.NotRetryableException;

/** The payload of a message that carries a reference cannot be had. The message is dead-lettered. */
public final class NoPayloadException extends NotRetryableException {

    private static final long serialVersionUID = 1L;

    private final String reason;

    /**
     * @param reason why the message is dead-lettered, as its header says
     * @param explanation what happened, and what to do
     */
    public NoPayloadException(String reason, String explanation) {
        super(explanation, null);
        this.reason = reason;
    }

    @Override
    public String reason() {
        return reason;
    }
}

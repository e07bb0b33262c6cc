package io.orderflow.messaging.inbox;

import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.handling.NotRetryableException;
import io.orderflow.messaging.handling.Subscription;

/** A message has the source and id of another one that was handled, and different content. */
final class IdReusedException extends NotRetryableException {

    private static final long serialVersionUID = 1L;

    IdReusedException(MessageId id, Subscription subscription) {
        super(
                "Message " + id + " is not the message of that source and id which " + subscription
                        + " has handled: type, key or payload differ. Have it sent with an id of its own, and discard this"
                        + " one; a redrive fails again.",
                null);
    }

    @Override
    public String reason() {
        return "id-reused";
    }
}

package io.orderflow.messaging.policy;

import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.handling.Subscription;

/** A message has the source and id of another one that was handled, and different content. */
public final class IdReusedException extends RuntimeException {

    /** Why it is dead-lettered. */
    public static final String REASON = "id-reused";

    private static final long serialVersionUID = 1L;

    public IdReusedException(MessageId id, Subscription subscription) {
        super("Message " + id + " is another one than the message of that source and id which " + subscription
                + " has handled: type, key or payload differ. Have it sent with an id of its own, and discard this one;"
                + " a redrive fails again.");
    }
}

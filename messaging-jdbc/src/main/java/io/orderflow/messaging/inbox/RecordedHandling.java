package io.orderflow.messaging.inbox;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.inbox.Inbox.Entry;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds each message to the inbox after it was handled, in a transaction of its own. Duplicates are handled again. If the row cannot be
 * written, a retry in place only writes the row: the handler has succeeded. A retry by another member handles the message again.
 */
record RecordedHandling(TransactionTemplate transaction, Subscription subscription, Inbox inbox)
        implements HandlerMiddleware {

    @Override
    public MessageHandler around(MessageHandler next) {
        return new RecordingHandler(next);
    }

    /** A message that was handled, and has no row yet. */
    private record Unrecorded(Entry entry, HandlerResult result) {}

    /** Of one member, for one thread. */
    private final class RecordingHandler implements MessageHandler {

        private final MessageHandler next;
        private @Nullable Unrecorded unrecorded;

        RecordingHandler(MessageHandler next) {
            this.next = next;
        }

        @Override
        public HandlerResult handle(Delivery<String, byte[]> delivery) throws Exception {
            Entry entry = new Entry(MessageId.of(delivery), ContentDigest.of(delivery.message()));
            Unrecorded handled = unrecorded;
            if (handled == null || !handled.entry().equals(entry)) {
                handled = new Unrecorded(entry, next.handle(delivery));
                unrecorded = handled;
            }
            transaction.executeWithoutResult(
                    status -> inbox.note(subscription.group(), subscription.topic(), List.of(entry)));
            unrecorded = null;
            return handled.result();
        }
    }
}

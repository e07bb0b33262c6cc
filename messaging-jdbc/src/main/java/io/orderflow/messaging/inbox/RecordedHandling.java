package io.orderflow.messaging.inbox;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.inbox.Inbox.Entry;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Adds each message to the inbox after it was handled, in a transaction of its own. Duplicates are handled again; so is a message whose
 * row could not be written, because then it is retried.
 */
record RecordedHandling(TransactionTemplate transaction, Subscription subscription, Inbox inbox)
        implements HandlerMiddleware {

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            var result = next.handle(delivery);
            Entry entry = new Entry(MessageId.of(delivery), ContentDigest.of(delivery.message()));
            transaction.executeWithoutResult(
                    status -> inbox.note(subscription.group(), subscription.topic(), List.of(entry)));
            return result;
        };
    }
}

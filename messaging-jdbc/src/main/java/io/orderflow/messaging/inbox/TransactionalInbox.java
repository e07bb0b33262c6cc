package io.orderflow.messaging.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.AtomicBatch;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.Idempotency;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.StopCheck;
import io.orderflow.messaging.handling.Subscription;
import java.util.ArrayList;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/** The two ways to handle messages once: a transaction for each, or one for a poll, with their inbox rows in it. */
public record TransactionalInbox(TransactionTemplate transaction, Inbox inbox, MeterRegistry registry)
        implements Idempotency {

    @Override
    public HandlerMiddleware message(Subscription subscription, StopCheck stop) {
        Counter reused = Counter.builder("messaging.inbox.id.reused")
                .description("Messages with the source and id of another one that had been handled before")
                .tags("topic", subscription.topic(), "group", subscription.group())
                .register(registry);
        return new IdempotentHandling(transaction, new NewMessages(subscription, inbox), reused, stop);
    }

    /** One insert of inbox rows, the handlers in order, one commit. */
    @Override
    public AtomicBatch batch(Subscription subscription, MessageHandler handler) {
        NewMessages newMessages = new NewMessages(subscription, inbox);
        return deliveries -> Transactions.call(transaction, () -> handle(deliveries, newMessages, handler));
    }

    private static List<HandlerResult> handle(
            List<Delivery<String, byte[]>> deliveries, NewMessages newMessages, MessageHandler handler)
            throws Exception {
        List<Boolean> areNew = newMessages.areNew(deliveries);
        List<HandlerResult> results = new ArrayList<>(deliveries.size());
        for (int i = 0; i < deliveries.size(); i++) {
            results.add(areNew.get(i) ? handler.handle(deliveries.get(i)) : HandlerResult.DUPLICATE);
        }
        return results;
    }
}

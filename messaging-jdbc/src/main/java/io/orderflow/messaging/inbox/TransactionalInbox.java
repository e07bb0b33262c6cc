package io.orderflow.messaging.inbox;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.AtomicBatch;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.Idempotency;
import io.orderflow.messaging.handling.StopCheck;
import io.orderflow.messaging.handling.Subscription;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The two ways to handle messages once: a transaction for each, or one for a poll, with their inbox rows in it. Handlers with
 * transactions of their own have their messages recorded after that, so that what is missing can be found.
 */
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

    @Override
    public HandlerMiddleware recording(Subscription subscription) {
        return new RecordedHandling(transaction, subscription, inbox);
    }

    /** One insert of inbox rows, the handlers in order, one commit. */
    @Override
    public AtomicBatch batch(Subscription subscription, AtomicBatch newMessages) {
        NewMessages findings = new NewMessages(subscription, inbox);
        return deliveries -> Transactions.call(transaction, () -> handle(deliveries, findings, newMessages));
    }

    private static List<HandlerResult> handle(
            List<Delivery<String, byte[]>> deliveries, NewMessages findings, AtomicBatch newMessages) throws Exception {
        List<Boolean> areNew = findings.areNew(deliveries);
        List<Delivery<String, byte[]>> some = new ArrayList<>(deliveries.size());
        for (int i = 0; i < deliveries.size(); i++) {
            if (areNew.get(i)) {
                some.add(deliveries.get(i));
            }
        }
        Iterator<HandlerResult> handled = newMessages.handle(some).iterator();
        return areNew.stream()
                .map(isNew -> isNew ? handled.next() : HandlerResult.DUPLICATE)
                .toList();
    }
}

package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.HandlingMetrics;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A whole poll in one transaction: one insert of inbox rows, the handlers in order, one insert of outbox rows, one
 * commit. If anything in it fails, all of it is rolled back and done again message by message, so that a bad message
 * costs only itself. While something is away that they need, it is message by message from the start.
 */
final class BatchTransaction implements PollHandler {

    private static final Logger log = LoggerFactory.getLogger(BatchTransaction.class);

    private final Subscription subscription;
    private final TransactionTemplate transaction;
    private final NewMessages newMessages;
    private final MessageHandler handler;
    private final PollHandler messageByMessage;
    private final Circuits circuits;
    private final HandlingMetrics metrics;

    BatchTransaction(
            Subscription subscription,
            TransactionTemplate transaction,
            NewMessages newMessages,
            MessageHandler handler,
            PollHandler messageByMessage,
            Circuits circuits,
            HandlingMetrics metrics) {
        this.subscription = subscription;
        this.transaction = transaction;
        this.newMessages = newMessages;
        this.handler = handler;
        this.messageByMessage = messageByMessage;
        this.circuits = circuits;
        this.metrics = metrics;
    }

    @Override
    public void handle(List<Delivery<String, byte[]>> deliveries) throws Exception {
        if (circuits.isAnyOpen()) {
            messageByMessage.handle(deliveries);
            return;
        }
        long start = System.nanoTime();
        Map<Delivery<String, byte[]>, HandlerResult> fresh;
        try {
            fresh = transaction.execute(status -> handleNew(deliveries));
        } catch (Throwable failure) {
            log.debug("{}: {} messages are done again one by one", subscription, deliveries.size(), failure);
            messageByMessage.handle(deliveries);
            return;
        }
        for (Delivery<String, byte[]> delivery : deliveries) {
            HandlerResult result = Objects.requireNonNull(fresh).getOrDefault(delivery, HandlerResult.DUPLICATE);
            metrics.count(result);
            if (result == HandlerResult.HANDLED) {
                circuits.succeeded(delivery);
            }
        }
        metrics.took(Duration.ofNanos(System.nanoTime() - start), deliveries.size());
    }

    /** Those that were new, and what was done about each. */
    private Map<Delivery<String, byte[]>, HandlerResult> handleNew(List<Delivery<String, byte[]>> deliveries) {
        Map<Delivery<String, byte[]>, HandlerResult> results = new IdentityHashMap<>();
        for (Delivery<String, byte[]> delivery : newMessages.among(deliveries)) {
            try {
                results.put(delivery, handler.handle(delivery));
            } catch (Exception e) {
                throw new HandlerFailed(e);
            }
        }
        return results;
    }
}

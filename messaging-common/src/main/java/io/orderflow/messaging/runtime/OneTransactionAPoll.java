package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.inbox.Inbox;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.HandlingMetrics;
import java.time.Duration;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * A whole poll in one transaction: one insert of inbox rows, the handlers in order, one insert of outbox rows, one
 * commit. If anything in it fails, all of it is rolled back and done again message by message, so that a bad message
 * costs only itself. While something is away that they need, it is message by message from the start.
 */
final class OneTransactionAPoll implements PollHandler {

    private static final Logger log = LoggerFactory.getLogger(OneTransactionAPoll.class);

    private final String group;
    private final TransactionTemplate transaction;
    private final Inbox inbox;
    private final Function<Delivery<String, byte[]>, String> ids;
    private final MessageHandler handler;
    private final PollHandler messageByMessage;
    private final Circuits circuits;
    private final HandlingMetrics metrics;
    private final IntConsumer duplicates;

    OneTransactionAPoll(
            String group,
            TransactionTemplate transaction,
            Inbox inbox,
            Function<Delivery<String, byte[]>, String> ids,
            MessageHandler handler,
            PollHandler messageByMessage,
            Circuits circuits,
            HandlingMetrics metrics,
            IntConsumer duplicates) {
        this.group = group;
        this.transaction = transaction;
        this.inbox = inbox;
        this.ids = ids;
        this.handler = handler;
        this.messageByMessage = messageByMessage;
        this.circuits = circuits;
        this.metrics = metrics;
        this.duplicates = duplicates;
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
            log.debug("{} messages for {} are done again one by one", deliveries.size(), group, failure);
            messageByMessage.handle(deliveries);
            return;
        }
        Objects.requireNonNull(fresh).forEach((delivery, result) -> {
            if (result == HandlerResult.HANDLED) {
                circuits.succeeded(delivery);
            }
        });
        duplicates.accept(deliveries.size() - fresh.size());
        metrics.handled(deliveries.size());
        metrics.took(Duration.ofNanos(System.nanoTime() - start), deliveries.size());
    }

    /** Those that were new, and what was done about each. */
    private Map<Delivery<String, byte[]>, HandlerResult> handleNew(List<Delivery<String, byte[]>> deliveries) {
        Map<String, Delivery<String, byte[]>> byId = new LinkedHashMap<>();
        deliveries.forEach(delivery -> byId.putIfAbsent(ids.apply(delivery), delivery));
        Set<String> fresh = inbox.note(group, byId.keySet());
        Map<Delivery<String, byte[]>, HandlerResult> results = new IdentityHashMap<>();
        for (String id : fresh) {
            Delivery<String, byte[]> delivery = byId.get(id);
            try {
                results.put(delivery, handler.handle(delivery));
            } catch (Exception e) {
                throw new HandlerFailed(e);
            }
        }
        return results;
    }
}

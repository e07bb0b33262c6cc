package io.orderflow.messaging.pipeline;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.AtomicBatch;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.BatchMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.HandlingMetrics;
import java.time.Duration;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Handles a poll in one transaction. If that fails, and while the subscription is paused, the next handler handles it message by message,
 * so that a message that cannot be handled affects no other.
 *
 * @param batch the transaction
 * @param circuits of the subscription
 * @param metrics count a poll that succeeds as a whole; of others the next handler counts each message
 */
record BatchTransaction(AtomicBatch batch, Circuits circuits, HandlingMetrics metrics) implements BatchMiddleware {

    private static final Logger log = LoggerFactory.getLogger(BatchTransaction.class);

    @Override
    public BatchHandler around(BatchHandler messageByMessage) {
        return deliveries -> {
            if (circuits.pause() != null || !isHandled(deliveries)) {
                messageByMessage.handle(deliveries);
            }
        };
    }

    private boolean isHandled(List<Delivery<String, byte[]>> deliveries) {
        long start = System.nanoTime();
        List<HandlerResult> results;
        try {
            results = batch.handle(deliveries);
        } catch (Throwable failure) {
            log.debug("{} messages are handled one by one", deliveries.size(), failure);
            return false;
        }
        for (int i = 0; i < results.size(); i++) {
            metrics.count(results.get(i));
            if (results.get(i) == HandlerResult.HANDLED) {
                circuits.succeeded(deliveries.get(i));
            }
        }
        metrics.took(Duration.ofNanos(System.nanoTime() - start), deliveries.size());
        return true;
    }
}

package io.orderflow.messaging.inbox;

import io.micrometer.core.instrument.Counter;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.StopCheck;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Handles a message in a transaction with its inbox row, unless it is a duplicate.
 *
 * @param reused counts messages with the identity of another one
 */
record IdempotentHandling(TransactionTemplate transaction, NewMessages newMessages, Counter reused, StopCheck stop)
        implements HandlerMiddleware {

    private static final Logger log = LoggerFactory.getLogger(IdempotentHandling.class);

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            while (true) {
                try {
                    return Transactions.call(transaction, () -> handle(delivery, next));
                } catch (HandledConcurrentlyException e) {
                    log.info("{}: waiting: {}", newMessages.subscription(), e.getMessage());
                    stop.throwIfStopping();
                } catch (IdReusedException e) {
                    reused.increment();
                    throw e;
                }
            }
        };
    }

    private HandlerResult handle(Delivery<String, byte[]> delivery, MessageHandler next) throws Exception {
        return newMessages.areNew(List.of(delivery)).get(0) ? next.handle(delivery) : HandlerResult.DUPLICATE;
    }
}

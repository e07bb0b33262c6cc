package io.orderflow.messaging.handling;

import java.util.List;

/**
 * Something around the handling of one message. Keeps no state between two messages: it is called by several members at a
 * time.
 *
 * <p>A bean of this type stands around the handlers of all subscriptions, inside their transaction and their time limit, in the
 * order of {@code @Order}; see {@code Pipeline}. What it throws is a failure of the handler.
 */
@FunctionalInterface
public interface HandlerMiddleware {

    /** A handler that does its own part and calls the next one, or does not. */
    MessageHandler around(MessageHandler next);

    /** The name in the printed list of a subscription. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Puts middlewares around a handler; the first of the list is the outermost. */
    static MessageHandler chain(List<HandlerMiddleware> outermostFirst, MessageHandler handler) {
        MessageHandler result = handler;
        for (int i = outermostFirst.size() - 1; i >= 0; i--) {
            result = outermostFirst.get(i).around(result);
        }
        return result;
    }
}

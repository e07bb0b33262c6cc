package io.orderflow.messaging.handling;

import java.util.List;

/** Something around a handler: a policy. */
@FunctionalInterface
public interface HandlerMiddleware {

    /** A handler that does this policy's part and calls the next one, or does not. */
    MessageHandler around(MessageHandler next);

    /** Puts policies around a handler; the first of the list is the outermost. */
    static MessageHandler chain(List<HandlerMiddleware> outermostFirst, MessageHandler handler) {
        MessageHandler result = handler;
        for (int i = outermostFirst.size() - 1; i >= 0; i--) {
            result = outermostFirst.get(i).around(result);
        }
        return result;
    }
}

package io.orderflow.messaging.handling;

import java.util.List;

/**
 * Something around the handling of a poll. Keeps no state between two polls: it is called by several members at a time.
 *
 * <p>A bean of this type stands around the polls of all subscriptions, in the order of {@code @Order}; see {@code Pipeline}.
 */
@FunctionalInterface
public interface BatchMiddleware {

    /** A handler that does its own part and calls the next one, or does not. */
    BatchHandler around(BatchHandler next);

    /** The name in the printed list of a subscription. */
    default String name() {
        return getClass().getSimpleName();
    }

    /** Puts middlewares around a handler; the first of the list is the outermost. */
    static BatchHandler chain(List<BatchMiddleware> outermostFirst, BatchHandler handler) {
        BatchHandler result = handler;
        for (int i = outermostFirst.size() - 1; i >= 0; i--) {
            result = outermostFirst.get(i).around(result);
        }
        return result;
    }
}

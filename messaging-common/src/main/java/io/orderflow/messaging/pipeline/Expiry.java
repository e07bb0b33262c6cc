package io.orderflow.messaging.pipeline;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.MessageExpiry;
import io.orderflow.messaging.handling.ExpiredException;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.MessageHandler;
import java.time.InstantSource;

/**
 * Fails for an expired message, at each attempt, so that it is dead-lettered and not handled. An expired request is left to
 * {@code Replies}, which drops it: nobody waits for its reply, and its sender knows.
 */
record Expiry(InstantSource clock) implements HandlerMiddleware {

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            var headers = delivery.message().headers();
            if (MessageExpiry.isExpired(headers, clock.instant()) && !headers.containsKey(Headers.REPLY_TO)) {
                throw new ExpiredException(headers.get(Headers.EXPIRES_AT));
            }
            return next.handle(delivery);
        };
    }
}

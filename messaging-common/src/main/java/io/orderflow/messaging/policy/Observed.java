package io.orderflow.messaging.policy;

import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.MessageHandler;
import java.time.Duration;

/** Takes the time. Outermost, so that it covers whatever becomes of a message. */
public record Observed(HandlingMetrics metrics) implements HandlerMiddleware {

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            long start = System.nanoTime();
            try {
                return next.handle(delivery);
            } finally {
                metrics.took(Duration.ofNanos(System.nanoTime() - start), 1);
            }
        };
    }
}

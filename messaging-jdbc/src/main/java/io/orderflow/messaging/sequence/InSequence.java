package io.orderflow.messaging.sequence;

import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;

/**
 * Records the numbers of the events that a subscription has handled, so that {@link SequenceGaps} reports the missing ones.
 * Every event is handled whenever it arrives: this neither restores the order of events nor delays any of them.
 */
public record InSequence(Subscription subscription, Sequences sequences) implements HandlerMiddleware {

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            HandlerResult result = next.handle(delivery);
            Place.of(delivery.message(), subscription).ifPresent(sequences::handled);
            return result;
        };
    }
}

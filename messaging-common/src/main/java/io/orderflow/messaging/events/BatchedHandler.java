package io.orderflow.messaging.events;

import java.util.List;
import java.util.function.BiFunction;

/** Makes an event into an item of a batch. Called by itself, it handles a batch of one. */
record BatchedHandler<E, T>(BiFunction<E, EventContext, T> item, EventBatchHandler<T> batch)
        implements EventHandler<E> {

    @Override
    public void handle(E event, EventContext context) throws Exception {
        batch.handle(List.of(item.apply(event, context)));
    }
}

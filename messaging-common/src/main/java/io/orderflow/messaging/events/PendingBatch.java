package io.orderflow.messaging.events;

import java.util.ArrayList;
import java.util.List;

/** The items of consecutive events until their batch handler is called, with the last of them. For one thread. */
final class PendingBatch {

    private final List<Object> items = new ArrayList<>();
    private boolean last;

    /** @param last whether the batch ends with the next event */
    void expect(boolean last) {
        this.last = last;
    }

    <E, T> void add(BatchedHandler<E, T> handler, E event, EventContext context) throws Exception {
        items.add(handler.item().apply(event, context));
        if (last) {
            @SuppressWarnings("unchecked") // all of them are of this batch handler
            List<T> all = (List<T>) List.copyOf(items);
            items.clear();
            handler.batch().handle(all);
        }
    }

    /** @throws IllegalStateException if the batch handler was not called */
    void requireHandled() {
        if (!items.isEmpty()) {
            throw new IllegalStateException("A middleware did not call the handler of the last event of a batch;"
                    + " the poll is handled message by message.");
        }
    }
}

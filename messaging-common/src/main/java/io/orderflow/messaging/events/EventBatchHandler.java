package io.orderflow.messaging.events;

import java.util.List;

/**
 * Handles several events of one poll. If it throws, the surrounding transaction is rolled back, and each event of the poll is
 * handled alone, so that one that cannot be handled affects no other.
 *
 * @param <T> what an event is made into
 */
@FunctionalInterface
public interface EventBatchHandler<T> {

    /** @param items in the order of their events; at least one */
    void handle(List<T> items) throws Exception;
}

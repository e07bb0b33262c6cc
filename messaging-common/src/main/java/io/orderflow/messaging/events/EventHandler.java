package io.orderflow.messaging.events;

/**
 * Handles one event. If it throws, the surrounding transaction is rolled back, and the event is retried or dead-lettered by the
 * subscription's retry policy.
 */
@FunctionalInterface
public interface EventHandler<E> {

    void handle(E event, EventContext context) throws Exception;
}

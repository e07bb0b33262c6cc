package io.orderflow.messaging.events;

/**
 * Does something about one event. Returning means done. Throwing means that it is tried again or dead-lettered, as the
 * subscription's retry policy says; what it wrote in the surrounding transaction is rolled back.
 */
@FunctionalInterface
public interface EventHandler<E> {

    void handle(E event, EventContext context) throws Exception;
}

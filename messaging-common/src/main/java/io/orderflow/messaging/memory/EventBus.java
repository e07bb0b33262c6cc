package io.orderflow.messaging.memory;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/**
 * Publish-subscribe within one process, in its smallest form. Nothing is stored, sent or retried: who is not subscribed misses the event. In
 * a Spring application {@code ApplicationEventPublisher} does the same for beans.
 *
 * <p>Thread-safe. Subscribers are called on the publisher's thread, in the order of their subscriptions.
 */
public final class EventBus<E> {

    private final List<Consumer<? super E>> subscribers = new CopyOnWriteArrayList<>();

    /** Adds a subscriber, which gets the events that are published from now on. */
    public void subscribe(Consumer<? super E> subscriber) {
        subscribers.add(subscriber);
    }

    /** Removes a subscriber; returns whether it was subscribed. A call that has begun is not interrupted. */
    public boolean unsubscribe(Consumer<? super E> subscriber) {
        return subscribers.remove(subscriber);
    }

    /**
     * Returns when every subscriber has been called, also those after one that fails.
     *
     * @throws RuntimeException the first failure of a subscriber, with the others suppressed
     */
    public void publish(E event) {
        RuntimeException failure = null;
        for (Consumer<? super E> each : subscribers) {
            try {
                each.accept(event);
            } catch (RuntimeException e) {
                if (failure == null) {
                    failure = e;
                } else {
                    failure.addSuppressed(e);
                }
            }
        }
        if (failure != null) {
            throw failure;
        }
    }
}

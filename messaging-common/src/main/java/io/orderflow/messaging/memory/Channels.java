package io.orderflow.messaging.memory;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.Consumer;

/**
 * Named channels of a {@link MemoryBroker}: senders and receivers know a channel, and not each other. A channel is a broadcast topic of
 * the broker, so that what a producer sends to it and what is published here reach the same receivers. Thread-safe.
 */
public final class Channels {

    private final MemoryBroker broker;
    private final MemoryStore store;
    private final Set<String> names = new ConcurrentSkipListSet<>();

    Channels(MemoryBroker broker, MemoryStore store) {
        this.broker = broker;
        this.store = store;
    }

    /**
     * Creates a channel; one that exists is kept.
     *
     * @throws IllegalArgumentException if this is no name of a topic
     */
    public void create(String name) {
        names.add(Topic.named(name).name());
    }

    /** The names of the channels, sorted. */
    public List<String> list() {
        return List.copyOf(names);
    }

    /**
     * Publishes a message to whoever is subscribed, as {@link EventBus#publish}.
     *
     * @throws MessagingException if there is no such channel
     */
    public void publish(String channel, Message<String, byte[]> message) {
        Topic topic = topic(channel);
        broker.traits().limits().requireWithin(topic, message);
        store.broadcast(topic, message);
    }

    /**
     * Calls the subscriber with the messages that are published from now on, on the publisher's thread.
     *
     * @return ends the subscription
     * @throws MessagingException if there is no such channel
     */
    public Runnable subscribe(String channel, Consumer<Message<String, byte[]>> subscriber) {
        Consumer<Delivery<String, byte[]>> receiver = delivery -> subscriber.accept(delivery.message());
        store.receive(topic(channel), receiver);
        return () -> store.stopReceiving(receiver);
    }

    private Topic topic(String channel) {
        if (!names.contains(channel)) {
            throw new MessagingException(
                    "There is no channel '" + channel + "'. Nothing was done. Create it first; there are " + names
                            + ".",
                    null);
        }
        return Topic.named(channel).asBroadcast();
    }
}

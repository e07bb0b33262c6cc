package io.orderflow.messaging.memory;

import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * A broker inside one JVM, for tests and for trying things. It passes the same conformance suite as the brokers that are
 * servers: topics fan out to groups, members of a group share the partitions of a keyed topic and compete for the messages
 * of a work queue, and what was not committed comes back in its old place.
 *
 * <p>A partition of a keyed topic belongs to whoever holds something of it, until that is committed or given back: each key
 * stays in order. Members of which each commits what it has polled never wait for one that is idle.
 *
 * <p>All that is sent is kept, for groups to come that begin with the earliest message.
 *
 * <p>Not promised: durability (messages live as long as this object, and {@link #close()} keeps them), reach beyond this
 * JVM, and a limit on the number of messages kept.
 *
 * <p>It has no thread of its own. A member that lets more than {@link ConsumerOptions#pollHandling()} pass without a
 * poll or commit loses its place when another member of its group polls.
 */
public final class MemoryBroker implements MessageBroker {

    /** What real brokers accept with modest settings, so that a message too large for them is noticed here. */
    public static final int DEFAULT_MAX_MESSAGE_BYTES = 1024 * 1024;

    private final MemoryStore store;
    private final BrokerTraits traits;

    public MemoryBroker() {
        this(InstantSource.system(), DEFAULT_MAX_MESSAGE_BYTES);
    }

    /**
     * @param clock decides when a member has been silent for too long
     * @param maxMessageBytes larger messages (key, headers and value together) are rejected
     */
    public MemoryBroker(InstantSource clock, int maxMessageBytes) {
        this.store = new MemoryStore(clock);
        this.traits = new BrokerTraits("memory", false, true, true, BrokerLimits.ofMessageBytes(maxMessageBytes));
    }

    @Override
    public BrokerTraits traits() {
        return traits;
    }

    @Override
    public void declare(Topic topic, String... groups) {
        store.declare(topic, List.of(groups));
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        return new MemoryProducer(store, traits.limits());
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        return new MemoryConsumer(store, group, options);
    }

    @Override
    public ConsumerGroups groups() {
        return store;
    }

    /** Always answers. */
    @Override
    public void ping(Duration timeout) {}

    /** Does nothing: there is nothing to let go of. */
    @Override
    public void close() {}
}

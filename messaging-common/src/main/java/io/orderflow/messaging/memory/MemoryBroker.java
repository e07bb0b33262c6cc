package io.orderflow.messaging.memory;

import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageHistory;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingPattern;
import io.orderflow.messaging.Support;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A broker inside one JVM, for tests and experiments. It passes the conformance suite: groups of a topic, members that share
 * the partitions of a keyed topic or compete for the messages of a work queue, and redelivery of uncommitted messages in
 * their old order.
 *
 * <p>A partition is owned by the member that has uncommitted messages of it, until it commits or closes. So members never
 * wait for one that is idle. All messages are kept, for later groups that start with the earliest one.
 *
 * <p>Not promised: durability (messages live as long as this object, and {@link #close()} keeps them), and a limit on the
 * number of messages kept. There is no thread: a member that neither polls nor commits for {@link
 * ConsumerOptions#pollHandling()} is removed when another member of its group polls.
 */
public final class MemoryBroker implements MessageBroker {

    /** As on a Kafka broker with its default settings, so that a test notices a message that is too large for it. */
    public static final int DEFAULT_MAX_MESSAGE_BYTES = 1024 * 1024;

    private final MemoryStore store;
    private final BrokerTraits traits;
    private final Channels channels;

    public MemoryBroker() {
        this(InstantSource.system(), DEFAULT_MAX_MESSAGE_BYTES);
    }

    /**
     * @param clock decides when a member is removed
     * @param maxMessageBytes larger messages (key, headers and value together) are rejected
     */
    public MemoryBroker(InstantSource clock, int maxMessageBytes) {
        this.store = new MemoryStore(clock);
        this.channels = new Channels(this, store);
        this.traits = new BrokerTraits("memory", false, true, true, BrokerLimits.ofMessageBytes(maxMessageBytes))
                .with(MessagingPattern.PUBLISH_SUBSCRIBE, Support.NATIVE)
                .with(MessagingPattern.ROUTING, Support.EMULATED)
                .with(MessagingPattern.WORK_QUEUE, Support.NATIVE)
                .with(MessagingPattern.BROADCAST, Support.NATIVE)
                .with(MessagingPattern.REQUEST_REPLY, Support.NATIVE)
                .with(MessagingPattern.STREAM_PROCESSING, Support.EMULATED)
                .with(MessagingPattern.REPLAY, Support.NATIVE);
    }

    @Override
    public BrokerTraits traits() {
        return traits;
    }

    @Override
    public void declare(Topic topic, String... groups) {
        store.declare(topic, groups);
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
    public MessageConsumer<String, byte[]> broadcastConsumer(ConsumerOptions options) {
        return new MemoryBroadcastConsumer(store, options);
    }

    @Override
    public MessageHistory history(Topic topic, HistoryStart start, ConsumerOptions options) {
        return new MemoryHistory(store.history(topic, start), options.maxPollMessages());
    }

    /** The named channels of this broker, without groups and without storage. */
    public Channels channels() {
        return channels;
    }

    @Override
    public ConsumerGroups groups() {
        return store;
    }

    @Override
    public void ping(Duration timeout) {}

    /** Does nothing; the messages are kept. */
    @Override
    public void close() {}
}

package io.orderflow.messaging.testkit;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Wraps a broker and delivers its messages out of order, late and more than once: the worst case of at-least-once delivery. A
 * service that handles events correctly behind this one does so behind every broker.
 *
 * <p>No message is lost or delayed for ever: a poll is committed at the wrapped broker once all its messages were delivered. The
 * seed determines order, delay and duplicates, but not the timing of threads, so a failure is likely to repeat with its seed, not
 * certain.
 */
public final class RedeliveringBroker implements MessageBroker {

    private final MessageBroker broker;
    private final AtomicLong seeds;

    public RedeliveringBroker(MessageBroker broker, long seed) {
        this.broker = broker;
        this.seeds = new AtomicLong(seed);
    }

    /** Those of the wrapped broker; what they state about order does not hold. */
    @Override
    public BrokerTraits traits() {
        return broker.traits();
    }

    @Override
    public void declare(Topic topic, String... groups) {
        broker.declare(topic, groups);
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        return broker.producer();
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        return new RedeliveringConsumer(
                broker.consumer(group, options), options.maxPollMessages(), new Random(seeds.getAndIncrement()));
    }

    @Override
    public ConsumerGroups groups() {
        return broker.groups();
    }

    @Override
    public void ping(Duration timeout) {
        broker.ping(timeout);
    }

    @Override
    public void close() {
        broker.close();
    }
}

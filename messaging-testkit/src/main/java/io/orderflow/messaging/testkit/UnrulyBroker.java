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
 * Another broker, whose messages come in any order, late and more than once: what at-least-once delivery allows at its
 * worst. Whatever handles events correctly behind this one does so behind every broker.
 *
 * <p>Nothing is lost, and nothing is kept back for ever: a message that is not committed is not committed at the other
 * broker either. The seed decides about order, delay and repetition; threads have their say, too, so that a seed makes a
 * failure likely to come again, not certain.
 */
public final class UnrulyBroker implements MessageBroker {

    private final MessageBroker broker;
    private final AtomicLong seeds;

    public UnrulyBroker(MessageBroker broker, long seed) {
        this.broker = broker;
        this.seeds = new AtomicLong(seed);
    }

    /** The other broker's; what they say of order does not hold. */
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
        return new UnrulyConsumer(
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

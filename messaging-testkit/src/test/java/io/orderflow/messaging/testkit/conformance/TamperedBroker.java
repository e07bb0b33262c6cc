package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Duration;

/** A broker as it is; what extends it breaks one thing. */
public class TamperedBroker implements MessageBroker {

    private final MessageBroker real;

    public TamperedBroker(MessageBroker real) {
        this.real = real;
    }

    protected MessageBroker real() {
        return real;
    }

    @Override
    public BrokerTraits traits() {
        return real().traits();
    }

    @Override
    public void declare(Topic topic, String... groups) {
        real().declare(topic, groups);
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        return real().producer();
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        return real().consumer(group, options);
    }

    @Override
    public ConsumerGroups groups() {
        return real().groups();
    }

    @Override
    public void ping(Duration timeout) {
        real().ping(timeout);
    }

    @Override
    public void close() {
        real().close();
    }
}

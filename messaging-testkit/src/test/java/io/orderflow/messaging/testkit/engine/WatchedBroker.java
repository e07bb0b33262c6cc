package io.orderflow.messaging.testkit.engine;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/** A broker of which somebody acts between a send and its sender's next step. */
record WatchedBroker(MessageBroker real, Consumer<String> afterSendTo) implements MessageBroker {

    @Override
    public MessageProducer<String, byte[]> producer() {
        MessageProducer<String, byte[]> producer = real.producer();
        return new MessageProducer<>() {
            @Override
            public void sendBatch(String topic, List<Message<String, byte[]>> messages) {
                producer.sendBatch(topic, messages);
                afterSendTo.accept(topic);
            }

            @Override
            public void close() {
                producer.close();
            }
        };
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        return real.consumer(group, options);
    }

    @Override
    public BrokerTraits traits() {
        return real.traits();
    }

    @Override
    public void declare(Topic topic, String... groups) {
        real.declare(topic, groups);
    }

    @Override
    public ConsumerGroups groups() {
        return real.groups();
    }

    @Override
    public void ping(Duration timeout) {
        real.ping(timeout);
    }

    @Override
    public void close() {
        real.close();
    }
}

package io.orderflow.messaging.testkit.engine;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;

/** A broker that now and then forgets a commit: what a member has handled or parked comes again, as after its death. */
record ForgetfulBroker(MessageBroker real, BooleanSupplier forgets) implements MessageBroker {

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        return new ForgetfulConsumer(real.consumer(group, options), forgets);
    }

    private record ForgetfulConsumer(MessageConsumer<String, byte[]> real, BooleanSupplier forgets)
            implements MessageConsumer<String, byte[]> {

        @Override
        public void commit() {
            if (forgets.getAsBoolean()) {
                throw new MessagingException("The commit is lost on its way.", null);
            }
            real.commit();
        }

        @Override
        public void subscribe(List<String> topics) {
            real.subscribe(topics);
        }

        @Override
        public List<Delivery<String, byte[]>> poll(Duration timeout) {
            return real.poll(timeout);
        }

        @Override
        public void close() {
            real.close();
        }
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
    public MessageProducer<String, byte[]> producer() {
        return real.producer();
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

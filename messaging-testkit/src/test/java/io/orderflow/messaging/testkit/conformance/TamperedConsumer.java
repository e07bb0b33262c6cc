package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;

/** A member as it is; what extends it breaks one thing. */
public class TamperedConsumer implements MessageConsumer<String, byte[]> {

    final MessageConsumer<String, byte[]> real;

    public TamperedConsumer(MessageConsumer<String, byte[]> real) {
        this.real = real;
    }

    @Override
    public void subscribe(List<Topic> topics) {
        real.subscribe(topics);
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        return real.poll(timeout);
    }

    @Override
    public void keepAlive() {
        real.keepAlive();
    }

    @Override
    public void commit() {
        real.commit();
    }

    @Override
    public void close() {
        real.close();
    }
}

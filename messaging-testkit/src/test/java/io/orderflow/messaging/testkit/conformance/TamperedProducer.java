package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import java.util.List;

/** A producer as it is; what extends it breaks one thing. */
class TamperedProducer implements MessageProducer<String, byte[]> {

    final MessageProducer<String, byte[]> real;

    TamperedProducer(MessageProducer<String, byte[]> real) {
        this.real = real;
    }

    @Override
    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
        real.sendBatch(topic, messages);
    }

    @Override
    public void close() {
        real.close();
    }
}

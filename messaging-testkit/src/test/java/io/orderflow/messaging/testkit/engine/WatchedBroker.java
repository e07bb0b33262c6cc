package io.orderflow.messaging.testkit.engine;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.testkit.conformance.TamperedBroker;
import java.util.List;
import java.util.function.Consumer;

/** A broker of which somebody acts between a send and its sender's next step. */
final class WatchedBroker extends TamperedBroker {

    private final Consumer<String> afterSendTo;

    WatchedBroker(MessageBroker real, Consumer<String> afterSendTo) {
        super(real);
        this.afterSendTo = afterSendTo;
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        MessageProducer<String, byte[]> producer = real().producer();
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
}

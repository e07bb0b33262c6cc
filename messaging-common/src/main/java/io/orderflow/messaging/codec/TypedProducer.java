package io.orderflow.messaging.codec;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import java.util.List;

record TypedProducer<V>(MessageProducer<String, byte[]> producer, Codec<V> codec)
        implements MessageProducer<String, V> {

    @Override
    public void sendBatch(String topic, List<Message<String, V>> messages) {
        producer.sendBatch(topic, messages.stream().map(this::encoded).toList());
    }

    private Message<String, byte[]> encoded(Message<String, V> message) {
        V value = message.value();
        return message.withValue(value == null ? null : codec.encode(value));
    }

    @Override
    public void close() {
        producer.close();
    }
}

package io.orderflow.messaging.codec;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

record TypedConsumer<V>(
        MessageConsumer<String, byte[]> consumer, Codec<V> codec, Consumer<Delivery<String, byte[]>> undecodable)
        implements MessageConsumer<String, V> {

    @Override
    public void subscribe(List<String> topics) {
        consumer.subscribe(topics);
    }

    @Override
    public List<Delivery<String, V>> poll(Duration timeout) {
        List<Delivery<String, V>> decoded = new ArrayList<>();
        for (Delivery<String, byte[]> delivery : consumer.poll(timeout)) {
            try {
                decoded.add(decoded(delivery));
            } catch (UndecodableException e) {
                undecodable.accept(delivery);
            }
        }
        return decoded;
    }

    private Delivery<String, V> decoded(Delivery<String, byte[]> delivery) {
        byte[] bytes = delivery.message().value();
        V value = bytes == null ? null : codec.decode(bytes);
        return new Delivery<>(delivery.topic(), delivery.message().withValue(value), delivery.position());
    }

    @Override
    public void commit() {
        consumer.commit();
    }

    @Override
    public void close() {
        consumer.close();
    }
}

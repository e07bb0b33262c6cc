package io.orderflow.messaging.codec;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import java.util.function.Consumer;

/**
 * Turns a value into bytes and back. Safe for use by many threads. Nulls never reach it: they travel as null.
 *
 * @param <V> what a typed view sends and receives
 */
public interface Codec<V> {

    /** @throws RuntimeException if the value cannot be written; then nothing is sent */
    byte[] encode(V value);

    /** @throws UndecodableException if the bytes are not what this codec writes */
    V decode(byte[] bytes);

    /** A typed view of a producer, with all its promises. Closing the view closes the producer. */
    default MessageProducer<String, V> over(MessageProducer<String, byte[]> producer) {
        return new TypedProducer<>(producer, this);
    }

    /**
     * A typed view of a consumer, with all its promises. What cannot be decoded is given to {@code undecodable} on the
     * polling thread, before the poll returns, and left out of what it returns; if that throws, the poll does, and
     * nothing of it has been committed.
     */
    default MessageConsumer<String, V> over(
            MessageConsumer<String, byte[]> consumer, Consumer<Delivery<String, byte[]>> undecodable) {
        return new TypedConsumer<>(consumer, this, undecodable);
    }
}

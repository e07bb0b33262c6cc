package io.orderflow.messaging.codec;

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
}

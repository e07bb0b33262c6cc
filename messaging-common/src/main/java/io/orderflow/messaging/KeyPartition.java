package io.orderflow.messaging;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Maps a key to a partition, where the broker does not: the CRC-32 (of zlib, gzip and PNG) of the key's UTF-8 bytes, unsigned, modulo
 * the number of partitions. The mapping never changes, and producers in other languages can compute it.
 */
public final class KeyPartition {

    private KeyPartition() {}

    /** From 0 to {@code partitions - 1}; a random one for a message without a key, which has no order. */
    public static int of(@Nullable String key, int partitions) {
        if (key == null) {
            return ThreadLocalRandom.current().nextInt(partitions);
        }
        CRC32 hash = new CRC32();
        hash.update(key.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % partitions);
    }
}

package io.orderflow.messaging;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.zip.CRC32;
import org.jspecify.annotations.Nullable;

/**
 * Which partition of a keyed topic a message belongs to, where the broker does not decide it itself. It will never be
 * another one for the same key and number of partitions, and a producer in any language can compute it: the CRC-32 (of
 * zlib, gzip and PNG) of the key's UTF-8 bytes, unsigned, modulo the number of partitions.
 */
public final class KeyPartition {

    private KeyPartition() {}

    /** From 0 to {@code partitions - 1}; for a message without a key, which has no order, any of them. */
    public static int of(@Nullable String key, int partitions) {
        if (key == null) {
            return ThreadLocalRandom.current().nextInt(partitions);
        }
        CRC32 hash = new CRC32();
        hash.update(key.getBytes(StandardCharsets.UTF_8));
        return (int) (hash.getValue() % partitions);
    }
}

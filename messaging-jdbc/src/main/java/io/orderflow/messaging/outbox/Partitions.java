package io.orderflow.messaging.outbox;

import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Rows of one topic and key share a partition, and a partition is leased to one relay: that keeps them in order. */
final class Partitions {

    /** The number of rows in messaging_outbox_lease. Changing it requires an empty outbox. */
    static final int COUNT = 16;

    private Partitions() {}

    /** The partition's bit in a set of partitions. */
    static int bit(short partition) {
        return 1 << partition;
    }

    static int bits(Collection<Short> partitions) {
        return partitions.stream().mapToInt(Partitions::bit).reduce(0, (a, b) -> a | b);
    }

    /** Stable across JVMs and versions, because rows outlive both. */
    static short of(String topic, @Nullable String key) {
        int hash = key == null ? ThreadLocalRandom.current().nextInt() : 31 * topic.hashCode() + key.hashCode();
        return (short) Math.floorMod(hash ^ (hash >>> 16), COUNT);
    }
}

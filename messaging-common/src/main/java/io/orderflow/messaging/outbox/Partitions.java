package io.orderflow.messaging.outbox;

import java.util.Collection;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Rows of one topic and key share a partition, and a partition has one relay: that keeps them in order. */
final class Partitions {

    /** As many as there are rows in messaging_outbox_lease. Changing it takes an empty outbox. */
    static final int COUNT = 16;

    private Partitions() {}

    /** One of the {@value #COUNT} bits by which a set of partitions is told. */
    static int bit(short partition) {
        return 1 << partition;
    }

    static int bits(Collection<Short> partitions) {
        return partitions.stream().mapToInt(Partitions::bit).reduce(0, (a, b) -> a | b);
    }

    /** The same on every JVM and in every version, because rows outlive both. */
    static short of(String topic, @Nullable String key) {
        int hash = key == null ? ThreadLocalRandom.current().nextInt() : 31 * topic.hashCode() + key.hashCode();
        return (short) Math.floorMod(hash ^ (hash >>> 16), COUNT);
    }
}

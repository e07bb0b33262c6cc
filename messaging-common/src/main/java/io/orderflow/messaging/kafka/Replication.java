package io.orderflow.messaging.kafka;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The number of replicas of a topic.
 *
 * @param configured {@code messaging.kafka.replication-factor}; null: three, or as many as there are brokers
 */
record Replication(@Nullable Short configured) {

    /** One broker may fail and sending continues; two may fail and no accepted message is lost. */
    static final short BEST = 3;

    short wanted(int brokers) {
        return configured != null ? configured : (short) Math.min(brokers, BEST);
    }

    /** The {@code min.insync.replicas}. With fewer, a message that one remaining replica accepts is lost with its disk. */
    static int majority(int replicas) {
        return replicas / 2 + 1;
    }

    /** What makes an existing topic less durable than a new one would be, as log messages. */
    List<String> weaknesses(String topic, int replicas, int minInSync, int brokers) {
        List<String> all = new ArrayList<>();
        short wanted = wanted(brokers);
        if (replicas < wanted) {
            String reason =
                    configured != null ? "messaging.kafka.replication-factor" : "there are " + brokers + " brokers";
            all.add("Topic '" + topic + "' has " + replicas + " replica(s) instead of " + wanted + " (" + reason
                    + "). Nothing was changed; accepted messages are lost with the disks of " + replicas
                    + " broker(s). Move it with kafka-reassign-partitions, then set its min.insync.replicas to "
                    + majority(wanted) + ".");
        }
        if (minInSync < majority(replicas)) {
            all.add("Topic '" + topic + "' accepts messages that " + minInSync + " of its " + replicas
                    + " replicas have stored, which is no majority. Nothing was changed; accepted messages may be lost with"
                    + " the disks of " + minInSync + " broker(s). Set its min.insync.replicas to " + majority(replicas)
                    + ".");
        }
        return all;
    }
}

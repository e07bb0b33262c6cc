package io.orderflow.messaging.kafka;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * On how many brokers a topic is kept.
 *
 * @param configured {@code messaging.kafka.replication-factor}; null: three, or as many as there are brokers
 */
record Replication(@Nullable Short configured) {

    /** Kafka's usual trade: one broker may fail and writing goes on, two may fail and nothing accepted is lost. */
    static final short BEST = 3;

    /** What a topic ought to have, with so many brokers. */
    short wanted(int brokers) {
        return configured != null ? configured : (short) Math.min(brokers, BEST);
    }

    /** With fewer acknowledgements, what a replica accepts that is left alone is lost with that replica's disk. */
    static int majority(int replicas) {
        return replicas / 2 + 1;
    }

    /** In what a topic that is there keeps less than it ought to, each in sentences for the log. */
    List<String> weaknesses(String topic, int replicas, int minInSync, int brokers) {
        List<String> all = new ArrayList<>();
        short wanted = wanted(brokers);
        if (replicas < wanted) {
            String why =
                    configured != null ? "messaging.kafka.replication-factor" : "there are " + brokers + " brokers";
            all.add("Topic '" + topic + "' is kept on " + replicas + " broker(s) instead of " + wanted + " (" + why
                    + "). It is used as it is; what was accepted is lost with the disks of " + replicas
                    + ". Move it with kafka-reassign-partitions, then set its min.insync.replicas to "
                    + majority(wanted) + ".");
        }
        if (minInSync < majority(replicas)) {
            all.add("Topic '" + topic + "' accepts what " + minInSync + " of its " + replicas
                    + " replicas have, which is no majority. It is used as it is; what was accepted may be lost with the"
                    + " disks of " + minInSync + ". Set its min.insync.replicas to " + majority(replicas) + ".");
        }
        return all;
    }
}

package io.orderflow.messaging.redis;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a member reads: its shares of keyed topics, and work queues. */
final class Assignment {

    private static final Logger LOG = LoggerFactory.getLogger(Assignment.class);

    private final Membership membership;
    private final Topics topics;
    private final Trimming trimming;
    private final List<Share> shares = new ArrayList<>();
    private final List<Topic> workQueues = new ArrayList<>();
    private boolean newPartitions;

    Assignment(Membership membership, Topics topics, Trimming trimming) {
        this.membership = membership;
        this.topics = topics;
        this.trimming = trimming;
    }

    void subscribe(Topic topic, ConsumerOptions options) {
        topics.declare(topic, options.startOn(topic), membership.group());
        trimming.add(topic);
        if (topic.competing()) {
            workQueues.add(topic);
        } else {
            shares.add(new Share(topic, membership));
        }
    }

    /** The streams of partitions to read. */
    List<String> partitions() {
        return shares.stream().flatMap(share -> share.streams().stream()).toList();
    }

    /** The streams of work queues. */
    List<String> workQueues() {
        return workQueues.stream().flatMap(topic -> Streams.of(topic).stream()).toList();
    }

    List<String> streams() {
        return Stream.concat(partitions().stream(), workQueues().stream()).toList();
    }

    /** Gives away and takes partitions, see {@link Share#settle}. */
    void settle(Link link, Set<String> busy) {
        shares.forEach(share -> newPartitions |= share.settle(link, busy));
    }

    /** Whether there are partitions of which nothing has been read yet. Asking is reading. */
    boolean hasNewPartitions() {
        boolean had = newPartitions;
        newPartitions = false;
        return had;
    }

    /** Whether others wait for partitions of this member. */
    boolean isTooLarge() {
        return shares.stream().anyMatch(Share::isTooLarge);
    }

    /** Whether this member waits for partitions of others. */
    boolean isTooSmall() {
        return shares.stream().anyMatch(Share::isTooSmall);
    }

    /** Somebody deleted a stream or flushed the server: what is sent from now on must be seen. */
    void declareAgain() {
        List<Topic> all = Stream.concat(shares.stream().map(Share::topic), workQueues.stream())
                .toList();
        LOG.warn(
                "Group {} is gone from one of the topics {}; it is declared again, from the beginning.",
                membership.group(),
                all.stream().map(Topic::name).toList());
        all.forEach(topic -> topics.declare(topic, membership.group()));
    }
}

package io.orderflow.messaging.redis;

import io.lettuce.core.StreamMessage;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A member that reads its partitions and work queues over a connection of its own. It checks a few times a second whether
 * partitions have to be released or taken.
 *
 * <p>After a failed poll or commit it cannot be used any more: Redis may have assigned entries to it that it never received.
 */
final class RedisConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration REBALANCE_INTERVAL = Duration.ofMillis(500);
    private static final Duration UNBALANCED_INTERVAL = Duration.ofMillis(100);

    /** Takes the server about a millisecond; by partition, more than a member can handle between two of them. */
    private static final int MAX_TRIMMED_PER_STREAM = 20_000;

    private static final Logger LOG = LoggerFactory.getLogger(RedisConsumer.class);

    private final ConsumerOptions options;
    private final Link link;
    private final Membership membership;
    private final Link control;
    private final boolean trims;
    private final GroupReader reader;
    private final List<SubscribedTopic> subscribed = new ArrayList<>();
    private final Queue<StreamMessage<String, byte[]>> fetched = new ArrayDeque<>();
    private final Map<String, List<String>> uncommitted = new LinkedHashMap<>();
    private boolean trimDue;
    private long nextRebalance = System.nanoTime();
    private @Nullable MessagingException failure;

    RedisConsumer(ConsumerOptions options, Link link, Link control, Membership membership, boolean trims) {
        this.options = options;
        this.link = link;
        this.membership = membership;
        this.control = control;
        this.trims = trims;
        this.reader = new GroupReader(options.maxPollMessages(), link, membership, this::declareAgain);
    }

    @Override
    public void subscribe(List<Topic> names) {
        for (Topic topic : names) {
            new RedisTopic(topic).declare(control, options.startOn(topic), membership.group());
            subscribed.add(new SubscribedTopic(topic, membership));
        }
        membership.join();
        usable(this::rebalance);
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        return usable(() -> {
            long deadline = System.nanoTime() + timeout.toNanos();
            do {
                long now = System.nanoTime();
                if (now - nextRebalance >= 0) {
                    rebalance();
                    trim();
                }
                if (fetched.isEmpty()) {
                    long wait = Math.max(0, Math.min(deadline - now, nextRebalance - now));
                    fetched.addAll(reader.next(streams(false), streams(true), Duration.ofNanos(wait)));
                }
            } while (fetched.isEmpty() && System.nanoTime() - deadline < 0);
            return nextBatch();
        });
    }

    private @Nullable Void rebalance() {
        Set<String> busy = new HashSet<>(uncommitted.keySet());
        fetched.forEach(entry -> busy.add(entry.getStream()));
        subscribed.forEach(topic -> topic.rebalance(link, busy));
        boolean balanced = subscribed.stream().allMatch(SubscribedTopic::isBalanced);
        nextRebalance = System.nanoTime() + (balanced ? REBALANCE_INTERVAL : UNBALANCED_INTERVAL).toNanos();
        return null;
    }

    /** Deletes what every group has acknowledged and no history needs, so that the server's memory does not fill up; a part of it at a time. */
    private void trim() {
        if (trimDue) {
            List<String> streams =
                    subscribed.stream().flatMap(each -> each.streams().stream()).toList();
            List<String> keys = new ArrayList<>(streams);
            streams.forEach(each -> keys.add(RedisTopic.retention(RedisTopic.nameOf(each))));
            long deleted = link.<Long>run(
                    "Deleting acknowledged messages of " + streams,
                    Script.TRIM,
                    keys,
                    List.of(Integer.toString(MAX_TRIMMED_PER_STREAM)));
            trimDue = deleted >= MAX_TRIMMED_PER_STREAM;
        }
    }

    private List<String> streams(boolean ofWorkQueues) {
        return subscribed.stream()
                .filter(each -> each.topic().competing() == ofWorkQueues)
                .flatMap(each -> each.streams().stream())
                .toList();
    }

    private List<Delivery<String, byte[]>> nextBatch() {
        List<Delivery<String, byte[]>> batch = new ArrayList<>();
        while (!fetched.isEmpty() && batch.size() < options.maxPollMessages()) {
            StreamMessage<String, byte[]> entry = fetched.remove();
            batch.add(EntryMapping.delivery(entry));
            uncommitted
                    .computeIfAbsent(entry.getStream(), stream -> new ArrayList<>())
                    .add(entry.getId());
        }
        return batch;
    }

    /** A stream was deleted or the server flushed. The groups start at the beginning: what is sent now must not be lost. */
    private void declareAgain() {
        List<Topic> all = subscribed.stream().map(SubscribedTopic::topic).toList();
        LOG.warn("Group {} or a stream of {} was deleted; declaring them again.", membership.group(), all);
        all.forEach(topic -> new RedisTopic(topic).declare(control, StartPosition.EARLIEST, membership.group()));
    }

    @Override
    public void keepAlive() {
        usable(() -> null);
    }

    @Override
    public void commit() {
        usable(() -> {
            if (!uncommitted.isEmpty()) {
                List<String> keys = new ArrayList<>(uncommitted.keySet());
                keys.add(0, membership.lease());
                List<String> arguments = new ArrayList<>(List.of(membership.group()));
                uncommitted.values().forEach(ids -> {
                    arguments.add(Integer.toString(ids.size()));
                    arguments.addAll(ids);
                });
                link.run("Committing for group " + membership.group(), Script.COMMIT, keys, arguments);
                uncommitted.clear();
                trimDue = trims;
            }
            return null;
        });
    }

    @Override
    public void close() {
        link.close();
        membership.leave();
    }

    private <T extends @Nullable Object> T usable(Supplier<T> action) {
        if (failure != null) {
            throw new MessagingException("This member has failed before; close it and open another.", failure);
        }
        try {
            membership.touch();
            T result = action.get();
            membership.touch();
            return result;
        } catch (MessagingException e) {
            failure = RedisFailures.contains(e, "NOLEASE") ? membership.leaseExpired() : e;
            throw failure;
        }
    }
}

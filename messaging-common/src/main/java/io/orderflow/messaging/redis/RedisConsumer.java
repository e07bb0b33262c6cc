package io.orderflow.messaging.redis;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
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
import org.jspecify.annotations.Nullable;

/**
 * A member that reads the partitions it owns and the work queues it subscribed to, on a connection of its own. A few times
 * a second it looks whether its share has changed, and for what dead members have left in work queues.
 *
 * <p>After a poll or commit that failed, this member is of no use: entries may have been given to it that it never saw.
 */
final class RedisConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(500);
    private static final Duration UNDERALLOCATED_POLL_INTERVAL = Duration.ofMillis(100);

    private final String group;
    private final ConsumerOptions options;
    private final Link link;
    private final Membership membership;
    private final Assignment assignment;
    private final Reading reading;

    private final Queue<Entry> fetched = new ArrayDeque<>();
    private final Map<String, List<String>> uncommitted = new LinkedHashMap<>();
    private long nextLook = System.nanoTime();
    private @Nullable MessagingException broken;

    RedisConsumer(ConsumerOptions options, Link link, Membership membership, Assignment assignment) {
        this.group = membership.group();
        this.options = options;
        this.link = link;
        this.membership = membership;
        this.assignment = assignment;
        this.reading = new Reading(options.maxPollMessages(), link, membership, assignment);
    }

    @Override
    public void subscribe(List<Topic> topics) {
        topics.forEach(topic -> assignment.subscribe(topic, options));
        membership.join();
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        return whole(() -> {
            long deadline = System.nanoTime() + timeout.toNanos();
            if (assignment.isTooLarge()) {
                look();
            }
            do {
                if (System.nanoTime() - nextLook >= 0) {
                    look();
                }
                if (fetched.isEmpty()) {
                    long now = System.nanoTime();
                    long longest = Math.max(0, Math.min(deadline - now, nextLook - now));
                    fetched.addAll(reading.next(Duration.ofNanos(longest)));
                }
            } while (fetched.isEmpty() && System.nanoTime() - deadline < 0);
            return next();
        });
    }

    private void look() {
        boolean more = fetched.isEmpty() && fetched.addAll(reading.leftInWorkQueues());
        assignment.settle(link, busy());
        Duration pause = assignment.isTooSmall() ? UNDERALLOCATED_POLL_INTERVAL : BETWEEN_LOOKS;
        nextLook = System.nanoTime() + (more ? 0 : pause.toNanos());
    }

    /** The streams of which something is fetched and not yet committed. */
    private Set<String> busy() {
        Set<String> busy = new HashSet<>(uncommitted.keySet());
        fetched.forEach(entry -> busy.add(entry.stream()));
        return busy;
    }

    private List<Delivery<String, byte[]>> next() {
        List<Delivery<String, byte[]>> deliveries = new ArrayList<>();
        while (!fetched.isEmpty() && deliveries.size() < options.maxPollMessages()) {
            Entry entry = fetched.remove();
            deliveries.add(EntryMapping.delivery(entry));
            uncommitted
                    .computeIfAbsent(entry.stream(), stream -> new ArrayList<>())
                    .add(entry.id());
        }
        return deliveries;
    }

    @Override
    public void keepAlive() {
        whole(() -> null);
    }

    @Override
    public void commit() {
        whole(() -> {
            if (uncommitted.isEmpty()) {
                return null;
            }
            List<String> keys = new ArrayList<>(uncommitted.keySet());
            keys.add(0, membership.lease());
            List<String> arguments = new ArrayList<>(List.of(group));
            uncommitted.values().forEach(ids -> {
                arguments.add(Integer.toString(ids.size()));
                arguments.addAll(ids);
            });
            long done = link.ask("Committing for group " + group, c -> Script.COMMIT.run(c, keys, arguments));
            if (done == 0) {
                throw membership.gone();
            }
            uncommitted.clear();
            return null;
        });
    }

    @Override
    public void close() {
        link.close();
        membership.leave(assignment.streams());
    }

    private <T> T whole(Step<T> step) {
        if (broken != null) {
            throw new MessagingException("This member failed before; close it and open another.", broken);
        }
        try {
            membership.sign();
            T result = step.run();
            membership.sign();
            return result;
        } catch (MessagingException e) {
            broken = e;
            throw e;
        }
    }

    private interface Step<T> {
        T run();
    }
}

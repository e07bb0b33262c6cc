package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Consumer;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads with XREADGROUP on a connection of its own. What dead members have pending is looked for twice a second and comes
 * before anything new, the oldest first.
 *
 * <p>After a poll or commit that failed, this member is of no use: entries may have been given to it that it never saw.
 */
final class RedisConsumer implements MessageConsumer<String, byte[]> {

    private static final Duration BETWEEN_TAKE_OVERS = Duration.ofMillis(500);
    private static final int MOST_TAKEN_OVER = 1_000;
    private static final Logger LOG = LoggerFactory.getLogger(RedisConsumer.class);

    private final String group;
    private final ConsumerOptions options;
    private final Link link;
    private final Membership membership;
    private final Trimming trimming;

    private final Queue<Fetched> fetched = new ArrayDeque<>();
    private final Map<String, List<String>> uncommitted = new LinkedHashMap<>();
    private List<String> topics = List.of();
    private long nextTakeOver = System.nanoTime();
    private @Nullable MessagingException broken;

    RedisConsumer(String group, ConsumerOptions options, Link link, Membership membership, Trimming trimming) {
        this.group = group;
        this.options = options;
        this.link = link;
        this.membership = membership;
        this.trimming = trimming;
    }

    @Override
    public void subscribe(List<String> names) {
        topics = List.copyOf(names);
        declareGroups();
        membership.join();
        trimming.add(topics);
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        return whole(() -> {
            long deadline = System.nanoTime() + timeout.toNanos();
            while (fetched.isEmpty()) {
                if (System.nanoTime() - nextTakeOver >= 0) {
                    takeOver();
                }
                long now = System.nanoTime();
                if (fetched.isEmpty()) {
                    read(Duration.ofNanos(Math.max(0, Math.min(deadline - now, nextTakeOver - now))));
                }
                if (System.nanoTime() - deadline >= 0) {
                    break;
                }
            }
            return next();
        });
    }

    @Override
    public void keepAlive() {
        whole(() -> null);
    }

    @Override
    public void commit() {
        whole(() -> {
            StatefulRedisConnection<String, byte[]> connection = link.connection();
            List<Future<Long>> answers = new ArrayList<>();
            uncommitted.forEach((topic, ids) -> {
                List<String> arguments = new ArrayList<>(ids);
                arguments.add(0, group);
                answers.add(Script.COMMIT.run(
                        connection, List.of(topic, membership.lease()), arguments.toArray(String[]::new)));
            });
            for (Future<Long> answer : answers) {
                if (link.await(answer, "Committing for group " + group) == 0) {
                    throw membership.gone();
                }
            }
            uncommitted.clear();
            return null;
        });
    }

    @Override
    public void close() {
        link.close();
        membership.leave(topics);
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

    private List<Delivery<String, byte[]>> next() {
        List<Delivery<String, byte[]>> deliveries = new ArrayList<>();
        while (!fetched.isEmpty() && deliveries.size() < options.maxPollMessages()) {
            Fetched entry = fetched.remove();
            deliveries.add(EntryMapping.delivery(entry.topic, entry.id, entry.fields));
            uncommitted.computeIfAbsent(entry.topic, topic -> new ArrayList<>()).add(entry.id);
        }
        return deliveries;
    }

    private void read(Duration longest) {
        XReadArgs arguments = new XReadArgs().count(Math.max(1, options.maxPollMessages() / topics.size()));
        if (longest.toMillis() > 0) {
            arguments.block(longest); // 0 would mean for ever
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        StreamOffset<String>[] whatIsNew =
                topics.stream().map(StreamOffset::lastConsumed).toArray(StreamOffset[]::new);
        try {
            List<StreamMessage<String, byte[]>> entries = link.await(
                    link.connection().async().xreadgroup(Consumer.from(group, membership.name()), arguments, whatIsNew),
                    longest,
                    "Reading topics " + topics + " for group " + group);
            entries.forEach(it -> fetched.add(new Fetched(it.getStream(), it.getId(), it.getBody())));
        } catch (MessagingException e) {
            declareGroupsIfGone(e);
        }
    }

    private void takeOver() {
        for (String topic : topics) {
            try {
                takeOver(topic);
            } catch (MessagingException e) {
                declareGroupsIfGone(e);
            }
        }
        nextTakeOver = System.nanoTime() + (fetched.isEmpty() ? BETWEEN_TAKE_OVERS.toNanos() : 0);
    }

    private void takeOver(String topic) {
        String most = Integer.toString(Math.min(options.maxPollMessages(), MOST_TAKEN_OVER));
        List<?> answer = link.ask(
                "Looking for what dead members of group " + group + " have of topic " + topic,
                c -> Script.TAKE_OVER.run(
                        c, List.of(topic, membership.lease()), group, membership.name(), Membership.LEASES, most));
        long lost = (Long) answer.get(0);
        if (lost < 0) {
            throw membership.gone();
        }
        if (lost > 0) {
            LOG.warn(
                    "{} messages of topic {} were deleted before group {} had handled them, and are lost to it. Nobody but"
                            + " this library may trim the stream.",
                    lost,
                    topic,
                    group);
        }
        List<?> entries = (List<?>) answer.get(1);
        entries.forEach(entry -> fetched.add(Fetched.from(topic, (List<?>) entry)));
        if (!entries.isEmpty()) {
            LOG.info(
                    "Group {} had {} messages of topic {} left by a member that is gone.",
                    group,
                    entries.size(),
                    topic);
        }
    }

    /** Somebody deleted a stream or flushed the server: what is sent from now on must be seen. */
    private void declareGroupsIfGone(MessagingException e) {
        if (!Link.saysAnyOf(e, "NOGROUP", "UNBLOCKED", "no such key")) {
            throw e;
        }
        LOG.warn(
                "Group {} is gone from one of the topics {}; it is declared again, from the beginning.", group, topics);
        declareGroups();
    }

    private void declareGroups() {
        topics.forEach(topic -> RedisBroker.declare(link, topic, group));
    }

    private interface Step<T> {
        T run();
    }

    private record Fetched(String topic, String id, Map<String, byte[]> fields) {

        static Fetched from(String topic, List<?> entry) {
            List<?> namesAndValues = (List<?>) entry.get(1);
            Map<String, byte[]> fields = new LinkedHashMap<>();
            for (int i = 0; i < namesAndValues.size(); i += 2) {
                fields.put(new String((byte[]) namesAndValues.get(i), UTF_8), (byte[]) namesAndValues.get(i + 1));
            }
            return new Fetched(topic, new String((byte[]) entry.get(0), UTF_8), fields);
        }
    }
}

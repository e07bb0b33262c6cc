package io.orderflow.messaging.redis;

import io.lettuce.core.Consumer;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads streams for a member with one XREADGROUP. Pipelined behind it, it claims what others have pending in the member's
 * partitions and dead members in work queues, and sorts both. So no entry is handled before an older one of its partition,
 * whoever read that: a former owner, or a member that was suspended and does not know yet that it has lost the partition.
 */
final class GroupReader {

    private static final int MAX_CLAIMED_PER_STREAM = 1_000;
    private static final Comparator<StreamMessage<String, byte[]>> STREAM_ORDER = Comparator.comparing(
                    (StreamMessage<String, byte[]> entry) -> entry.getStream())
            .thenComparing(EntryMapping::millis)
            .thenComparing(EntryMapping::sequence, Long::compareUnsigned);
    private static final Logger LOG = LoggerFactory.getLogger(GroupReader.class);

    private final int maxPollMessages;
    private final Link link;
    private final Membership membership;
    private final Runnable declareGroups;
    private List<String> lastPartitions = List.of();
    private int streamsWithMore;

    /** @param declareGroups called if the group or a stream has been deleted */
    GroupReader(int maxPollMessages, Link link, Membership membership, Runnable declareGroups) {
        this.maxPollMessages = maxPollMessages;
        this.link = link;
        this.membership = membership;
        this.declareGroups = declareGroups;
    }

    /**
     * The next entries, in the order of their streams, as soon as there are any. New partitions may have pending entries of
     * a former owner, so they are read without waiting.
     */
    List<StreamMessage<String, byte[]>> next(List<String> partitions, List<String> workQueues, Duration longest) {
        List<String> streams =
                Stream.concat(partitions.stream(), workQueues.stream()).toList();
        if (streams.isEmpty()) {
            waitForPartition(longest);
            return List.of();
        }
        Duration wait = partitions.equals(lastPartitions) ? longest : Duration.ZERO;
        lastPartitions = partitions;
        int count = Math.max(1, maxPollMessages / (streamsWithMore == 0 ? streams.size() : streamsWithMore));
        String action = "Reading " + streams + " for group " + membership.group();
        StatefulRedisConnection<String, byte[]> connection = link.connection();
        Future<List<StreamMessage<String, byte[]>>> read =
                link.dispatch(connection, action, c -> read(c, streams, count, wait));
        Future<List<StreamMessage<String, byte[]>>> claim =
                link.dispatch(connection, action, c -> claim(c, streams, partitions.size()));

        List<StreamMessage<String, byte[]>> entries = new ArrayList<>();
        boolean deleted = false;
        try {
            entries.addAll(link.await(connection, read, wait, action));
        } catch (MessagingException e) {
            deleted = RedisFailures.contains(e, "NOGROUP", "UNBLOCKED", "no such key");
            if (!deleted) {
                throw e;
            }
        }
        streamsWithMore = streamsWith(count, entries);
        addClaimed(link.await(connection, claim, wait, action), partitions, entries);
        if (deleted) {
            declareGroups.run();
        }
        return entries;
    }

    /** Claims the rest too, however much: newer messages of the same keys have to wait for it. */
    private void addClaimed(
            List<StreamMessage<String, byte[]>> first,
            List<String> partitions,
            List<StreamMessage<String, byte[]>> entries) {
        List<StreamMessage<String, byte[]>> claimed = first;
        while (!claimed.isEmpty()) {
            report(claimed);
            claimed.stream().filter(entry -> !isDeleted(entry)).forEach(entries::add);
            claimed = partitions.isEmpty()
                    ? List.of()
                    : link.ask("Claiming " + partitions, c -> claim(c, partitions, partitions.size()));
        }
        if (!first.isEmpty()) {
            entries.sort(STREAM_ORDER);
        }
    }

    private Future<List<StreamMessage<String, byte[]>>> read(
            StatefulRedisConnection<String, byte[]> connection, List<String> streams, int count, Duration wait) {
        XReadArgs arguments = new XReadArgs().count(count);
        if (wait.toMillis() > 0) {
            arguments.block(wait); // 0 would block without a limit
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        StreamOffset<String>[] offsets =
                streams.stream().map(StreamOffset::lastConsumed).toArray(StreamOffset[]::new);
        return connection.async().xreadgroup(Consumer.from(membership.group(), membership.name()), arguments, offsets);
    }

    private Future<List<StreamMessage<String, byte[]>>> claim(
            StatefulRedisConnection<String, byte[]> connection, List<String> streams, int partitions) {
        List<String> keys = new ArrayList<>(streams);
        keys.add(0, membership.lease());
        String limit = Integer.toString(Math.min(maxPollMessages, MAX_CLAIMED_PER_STREAM));
        return Script.CLAIM.run(
                connection,
                keys,
                List.of(membership.group(), membership.name(), Membership.LEASES, limit, Integer.toString(partitions)));
    }

    private void report(List<StreamMessage<String, byte[]>> claimed) {
        long deleted = claimed.stream().filter(GroupReader::isDeleted).count();
        List<String> streams =
                claimed.stream().map(StreamMessage::getStream).distinct().toList();
        LOG.info(
                "Group {} claimed {} pending messages of {} from other members.",
                membership.group(),
                claimed.size() - deleted,
                streams);
        if (deleted > 0) {
            LOG.warn(
                    "{} messages of {} were deleted while pending in group {}, which has lost them. Nobody but this library"
                            + " may trim a stream.",
                    deleted,
                    streams,
                    membership.group());
        }
    }

    /** The script returns an entry without fields for one that was deleted. */
    private static boolean isDeleted(StreamMessage<String, byte[]> entry) {
        return entry.getBody() == null || entry.getBody().isEmpty();
    }

    /** How many streams may have more: the next read asks for more of each if others are idle. */
    private static int streamsWith(int count, List<StreamMessage<String, byte[]>> entries) {
        Map<String, Long> perStream =
                entries.stream().collect(Collectors.groupingBy(StreamMessage::getStream, Collectors.counting()));
        return (int)
                perStream.values().stream().filter(number -> number == count).count();
    }

    private static void waitForPartition(Duration longest) {
        try {
            TimeUnit.NANOSECONDS.sleep(longest.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Waiting for a partition was interrupted.", e);
        }
    }
}

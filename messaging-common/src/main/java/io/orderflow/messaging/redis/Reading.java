package io.orderflow.messaging.redis;

import io.lettuce.core.Consumer;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

/**
 * Reads the streams of a member's assignment with one XREADGROUP.
 *
 * <p>Behind it, in the same go, it takes over what others have pending in the member's partitions, and sorts all by its
 * place in the stream. So nothing is handled before what is older, whoever had that: a former owner, or a member that was
 * frozen and read on as if it still were the owner.
 */
final class Reading {

    private final int maxPollMessages;
    private final Link link;
    private final Membership membership;
    private final Assignment assignment;
    private final TakeOver takeOver;
    private int streamsWithMore;

    Reading(int maxPollMessages, Link link, Membership membership, Assignment assignment) {
        this.maxPollMessages = maxPollMessages;
        this.link = link;
        this.membership = membership;
        this.assignment = assignment;
        this.takeOver = new TakeOver(maxPollMessages, membership);
    }

    /** What comes next, in order; waits for it at most so long. */
    List<Entry> next(Duration longest) {
        List<String> streams = assignment.streams();
        if (streams.isEmpty()) {
            pause(longest);
            return List.of();
        }
        int count = Math.max(1, maxPollMessages / (streamsWithMore == 0 ? streams.size() : streamsWithMore));
        Duration wait = assignment.hasNewPartitions() ? Duration.ZERO : longest;
        List<String> partitions = assignment.partitions();
        StatefulRedisConnection<String, byte[]> connection = link.connection();
        Future<List<StreamMessage<String, byte[]>>> asked = read(connection, streams, count, wait);
        Future<List<?>> askedForOthers = takeOver.ask(connection, partitions, true);

        List<Entry> entries = new ArrayList<>();
        boolean gone = false;
        String doing = "Reading " + streams + " for group " + membership.group();
        try {
            link.await(asked, wait, doing).forEach(message -> entries.add(Entry.of(message)));
        } catch (MessagingException e) {
            gone = isGone(e);
            if (!gone) {
                throw e;
            }
        }
        streamsWithMore = streamsWith(count, entries);
        TakeOver.Taken others = takeOver.taken(link.await(askedForOthers, wait, doing), partitions);
        if (addAll(others, partitions, entries)) {
            entries.sort(Entry.IN_STREAM_ORDER);
        }
        if (gone) {
            assignment.declareAgain();
        }
        return entries;
    }

    /** What dead members have pending in work queues, the oldest first. */
    List<Entry> leftInWorkQueues() {
        List<String> streams = assignment.workQueues();
        List<?> answer = link.ask(
                "Looking for what dead members of group " + membership.group() + " have of " + streams,
                c -> takeOver.ask(c, streams, false));
        return takeOver.taken(answer, streams).entries();
    }

    /** All of it at once, however much: newer messages of the same keys must wait. */
    private boolean addAll(TakeOver.Taken first, List<String> partitions, List<Entry> entries) {
        TakeOver.Taken taken = first;
        entries.addAll(taken.entries());
        while (taken.more()) {
            List<?> answer = link.ask(
                    "Taking over " + partitions + " for group " + membership.group(),
                    c -> takeOver.ask(c, partitions, true));
            taken = takeOver.taken(answer, partitions);
            entries.addAll(taken.entries());
        }
        return !first.entries().isEmpty();
    }

    private Future<List<StreamMessage<String, byte[]>>> read(
            StatefulRedisConnection<String, byte[]> connection, List<String> streams, int count, Duration wait) {
        XReadArgs arguments = new XReadArgs().count(count);
        if (wait.toMillis() > 0) {
            arguments.block(wait); // 0 would mean for ever
        }
        @SuppressWarnings({"unchecked", "rawtypes"})
        StreamOffset<String>[] whatIsNew =
                streams.stream().map(StreamOffset::lastConsumed).toArray(StreamOffset[]::new);
        return connection
                .async()
                .xreadgroup(Consumer.from(membership.group(), membership.name()), arguments, whatIsNew);
    }

    /** How many streams may have more; the next reading asks as much more of each as others are quiet. */
    private static int streamsWith(int count, List<Entry> entries) {
        Map<String, Long> perStream =
                entries.stream().collect(Collectors.groupingBy(Entry::stream, Collectors.counting()));
        return (int)
                perStream.values().stream().filter(number -> number == count).count();
    }

    private static boolean isGone(MessagingException e) {
        return Link.saysAnyOf(e, "NOGROUP", "UNBLOCKED", "no such key");
    }

    /** There are more members than partitions, so that this one has to wait until another one goes. */
    private static void pause(Duration longest) {
        try {
            TimeUnit.NANOSECONDS.sleep(longest.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Waiting for a partition was interrupted.", e);
        }
    }
}

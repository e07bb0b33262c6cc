package io.orderflow.messaging.redis;

import io.lettuce.core.StreamMessage;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.MessageHistory;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** Reads the streams of a topic by XRANGE, each to its last entry at the time of opening, and merges them by their ids. */
final class RedisHistory implements MessageHistory {

    private static final Comparator<HistoryOfStream> OLDEST_FIRST = Comparator.comparing(
            HistoryOfStream::peek,
            Comparator.comparingLong((StreamMessage<String, byte[]> entry) -> EntryMapping.millis(entry))
                    .thenComparing(EntryMapping::sequence, Long::compareUnsigned));

    private final Link link;
    private final int atOnce;
    private final List<HistoryOfStream> streams;

    RedisHistory(Link link, RedisTopic topic, HistoryStart start, int atOnce) {
        this.link = link;
        this.atOnce = atOnce;
        try {
            this.streams = topic.streams().stream()
                    .filter(each -> isRead(each, start))
                    .map(each -> new HistoryOfStream(link, each, firstId(topic, start), atOnce))
                    .toList();
            if (streams.isEmpty()) {
                throw HistoryStart.invalid(
                        String.valueOf(start.position()), topic.topic().name());
            }
        } catch (RuntimeException e) {
            link.close();
            throw e;
        }
    }

    private static boolean isRead(String stream, HistoryStart start) {
        return start.position() == null || start.position().startsWith(stream + "@");
    }

    /** The smallest id that an entry of the history may have. */
    private static String firstId(RedisTopic topic, HistoryStart start) {
        if (start.position() != null) {
            String id = start.position().substring(start.position().lastIndexOf('@') + 1);
            if (!id.matches("\\d+-\\d+")) {
                throw HistoryStart.invalid(start.position(), topic.topic().name());
            }
            return id;
        }
        return start.time() == null ? "0-0" : Math.max(0, start.time().toEpochMilli()) + "-0";
    }

    @Override
    public long size() {
        return streams.stream().mapToLong(HistoryOfStream::size).sum();
    }

    @Override
    public boolean isTruncated() {
        return streams.stream().anyMatch(HistoryOfStream::isTruncated);
    }

    @Override
    public List<Delivery<String, byte[]>> next() {
        List<Delivery<String, byte[]>> next = new ArrayList<>();
        while (next.size() < atOnce) {
            Optional<HistoryOfStream> oldest =
                    streams.stream().filter(each -> each.peek() != null).min(OLDEST_FIRST);
            if (oldest.isEmpty()) {
                break;
            }
            next.add(EntryMapping.delivery(oldest.get().remove()));
        }
        return next;
    }

    @Override
    public void close() {
        link.close();
    }
}

package io.orderflow.messaging.redis;

import io.lettuce.core.Limit;
import io.lettuce.core.Range;
import io.lettuce.core.Range.Boundary;
import io.lettuce.core.StreamMessage;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** The entries of one stream from an id to the last one at the time of opening. */
final class HistoryOfStream {

    private static final String ENTRIES_ADDED = "entries-added";

    private final Link link;
    private final String stream;
    private final int atOnce;
    private final Queue<StreamMessage<String, byte[]>> read = new ArrayDeque<>();
    private final @Nullable String last;
    private final long size;
    private final boolean truncated;
    private @Nullable Boundary<String> next;

    HistoryOfStream(Link link, String stream, String firstId, int atOnce) {
        this.link = link;
        this.stream = stream;
        this.atOnce = atOnce;
        long length = link.ask("Reading " + stream, c -> c.async().xlen(stream));
        StreamMessage<String, byte[]> newest =
                only(link.ask("Reading " + stream, c -> c.async().xrevrange(stream, Range.unbounded(), Limit.from(1))));
        StreamMessage<String, byte[]> oldest =
                only(link.ask("Reading " + stream, c -> c.async().xrange(stream, Range.unbounded(), Limit.from(1))));
        this.last = newest == null ? null : newest.getId();
        this.next = newest == null ? null : Boundary.including(firstId);
        this.size = newest == null || oldest == null ? 0 : estimate(length, firstId, oldest, newest);
        this.truncated = oldest != null && millis(firstId) < EntryMapping.millis(oldest) && added() > length;
    }

    private static @Nullable StreamMessage<String, byte[]> only(List<StreamMessage<String, byte[]>> entries) {
        return entries.isEmpty() ? null : entries.get(0);
    }

    private static long millis(String id) {
        return Long.parseLong(id.substring(0, id.indexOf('-')));
    }

    /** Redis counts no ranges: as if the entries were spread evenly over time. */
    private static long estimate(
            long length, String firstId, StreamMessage<String, byte[]> oldest, StreamMessage<String, byte[]> newest) {
        long begin = Math.max(millis(firstId), EntryMapping.millis(oldest));
        long span = EntryMapping.millis(newest) - EntryMapping.millis(oldest);
        long part = EntryMapping.millis(newest) - begin;
        return part < 0 ? 0 : span == 0 ? length : Math.round((double) length * part / span);
    }

    /** How many entries the stream has ever had; 0 before Redis 7, which does not tell. */
    private long added() {
        List<Object> info = link.ask("Reading " + stream, c -> c.async().xinfoStream(stream));
        for (int i = 0; i + 1 < info.size(); i += 2) {
            if (ENTRIES_ADDED.equals(text(info.get(i)))) {
                return (Long) info.get(i + 1);
            }
        }
        return 0;
    }

    private static String text(Object value) {
        return value instanceof byte[] bytes ? new String(bytes, StandardCharsets.UTF_8) : String.valueOf(value);
    }

    long size() {
        return size;
    }

    boolean isTruncated() {
        return truncated;
    }

    /** The next entry; null at the end. */
    @Nullable
    StreamMessage<String, byte[]> peek() {
        Boundary<String> from = next;
        if (read.isEmpty() && from != null && last != null) {
            Range<String> range = Range.from(from, Boundary.including(last));
            List<StreamMessage<String, byte[]>> entries =
                    link.ask("Reading " + stream, c -> c.async().xrange(stream, range, Limit.from(atOnce)));
            read.addAll(entries);
            next = entries.size() < atOnce
                    ? null
                    : Boundary.excluding(entries.get(entries.size() - 1).getId());
        }
        return read.peek();
    }

    StreamMessage<String, byte[]> remove() {
        return read.remove();
    }
}

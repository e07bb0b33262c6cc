package io.orderflow.messaging;

/**
 * Identifies a message within a topic by its CloudEvents source and id. Neither alone is unique. It is the same at every delivery,
 * including retries and redrives. Both parts fit a column of type text.
 *
 * @param source the sender; empty where the message states none
 * @param id the message's id, unique within its source
 */
public record MessageId(String source, String id) implements Comparable<MessageId> {

    /** By source, then id: the order in which several are locked. */
    @Override
    public int compareTo(MessageId other) {
        int bySource = source.compareTo(other.source);
        return bySource == 0 ? id.compareTo(other.id) : bySource;
    }

    /** A hash that is the same in every process and version, unlike {@link #hashCode()}. */
    public int stableHash() {
        return 31 * source.hashCode() + id.hashCode();
    }

    @Override
    public String toString() {
        return source.isEmpty() ? id : id + " of " + source;
    }
}

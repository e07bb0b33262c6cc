package io.orderflow.messaging;

/**
 * Identifies a message within a topic, as CloudEvents has it: by who sent it and the id that it was given there. Neither
 * alone is unique. It is the same at every delivery, over retry and redrive too. Both parts fit a column of type text.
 *
 * @param source who sent it; empty where the message does not state it
 * @param id the message's
 */
public record MessageId(String source, String id) implements Comparable<MessageId> {

    /** By source and then id: an order that all who lock several of them keep. */
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

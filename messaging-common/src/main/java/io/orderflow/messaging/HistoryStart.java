package io.orderflow.messaging;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where reading a {@link MessageHistory} starts: by default with the first message that the broker keeps.
 *
 * @param time with what the broker stored at this time or later; null: with any message. Messages that were stored shortly before
 *     may be read too
 * @param position with the message at this {@link Delivery#position()}; where a topic has partitions, no other partition is
 *     read. Null: without a position
 */
public record HistoryStart(@Nullable Instant time, @Nullable String position) {

    public static final HistoryStart BEGINNING = new HistoryStart(null, null);

    public HistoryStart {
        if (time != null && position != null) {
            throw new IllegalArgumentException(
                    "A history is read from a time or from a position, not from both: " + time + ", " + position + ".");
        }
    }

    public static HistoryStart at(Instant time) {
        return new HistoryStart(time, null);
    }

    public static HistoryStart of(String position) {
        return new HistoryStart(null, position);
    }

    /**
     * The part of a position after its last {@code @}, as a number.
     *
     * @throws IllegalArgumentException if it is not the position of a message of this topic, with a number
     */
    public static long offset(String position, String topic) {
        int at = position.lastIndexOf('@');
        try {
            if (at > 0 && position.startsWith(topic)) {
                return Long.parseLong(position.substring(at + 1));
            }
        } catch (NumberFormatException e) {
            // refused below
        }
        throw invalid(position, topic);
    }

    /** The refusal of a position that no message of the topic can have. */
    public static IllegalArgumentException invalid(String position, String topic) {
        return new IllegalArgumentException("'" + position + "' is not the position of a message of topic '" + topic
                + "'. Positions are printed in the log and in dead letters, such as orders-3@1207.");
    }

    @Override
    public String toString() {
        return time != null ? time.toString() : position != null ? position : "the beginning";
    }
}

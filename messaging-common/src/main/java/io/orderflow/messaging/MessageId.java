package io.orderflow.messaging;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Identifies a message within a topic by its CloudEvents source and id. Neither alone is unique. It is the same at every delivery,
 * including retries and redrives. Both parts fit a column of type text.
 *
 * @param source the sender; empty where the message states none
 * @param id the message's id, unique within its source
 */
public record MessageId(String source, String id) implements Comparable<MessageId> {

    /** The most characters of a source or id that are stored; a longer one is hashed. */
    static final int MAX_LENGTH = 200;

    private static final String HASHED = "sha-256:";

    /**
     * The identity of a message: its {@link Headers#SOURCE} and {@link Headers#ID}, or a hash where they do not fit a column. A
     * message without an id is identified by a hash of its routing key, key, value and time, and of its position if that is stable.
     * The position alone is not enough: positions of a topic that is deleted and created again start anew. A retried, dead-lettered
     * or parked message carries its id from then on.
     *
     * <p>So without ids, on a broker without stable positions, two equal messages of the same millisecond have one identity, and so
     * do two equal messages without a time.
     */
    public static MessageId of(Delivery<String, byte[]> delivery) {
        Message<String, byte[]> message = delivery.message();
        String source = message.header(Headers.SOURCE);
        String id = message.header(Headers.ID);
        return new MessageId(
                source == null ? "" : storable(source), id == null || id.isBlank() ? hashed(delivery) : storable(id));
    }

    private static String storable(String stated) {
        if (stated.length() <= MAX_LENGTH && stated.chars().noneMatch(MessageId::isUnfit)) {
            return stated;
        }
        return hash(ContentDigest.utf8(stated));
    }

    /** U+0000 and lone surrogates cannot be stored in a column of type text. */
    private static boolean isUnfit(int character) {
        return character == 0 || Character.isSurrogate((char) character);
    }

    private static String hashed(Delivery<String, byte[]> delivery) {
        Message<String, byte[]> message = delivery.message();
        boolean timed = message.header(Headers.TIMED_ON_ARRIVAL) == null;
        return hash(
                ContentDigest.utf8(message.header(Headers.ROUTING_KEY)),
                ContentDigest.utf8(message.key()),
                message.value(),
                ContentDigest.utf8(timed ? message.timestamp().toString() : null),
                ContentDigest.utf8(delivery.stablePosition() ? delivery.position() : null));
    }

    private static String hash(byte @Nullable []... parts) {
        return HASHED + HexFormat.of().formatHex(ContentDigest.ofParts(parts).bytes());
    }

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

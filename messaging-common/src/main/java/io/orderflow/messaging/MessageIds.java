package io.orderflow.messaging;

import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Identifies messages; the one place that does. What a message states, {@link Headers#SOURCE} and {@link Headers#ID}, is
 * its identity, or a hash where it does not fit a column. One without an id is identified by a hash of its routing key,
 * key, value and time, and of its position where positions are stable. A position alone would not do: a topic that was
 * deleted and created anew counts from the beginning. What is retried, dead-lettered or parked states its id from then on.
 *
 * <p>So, without ids, on a broker without stable positions two equal messages of the same millisecond are one, and so are
 * two equal ones that carry no time at all.
 *
 * @param traits of the broker that the messages come from
 */
public record MessageIds(BrokerTraits traits) {

    /** What a part of a foreign producer's identity may take up in the database; a longer one is hashed. */
    static final int MAX_LENGTH = 200;

    private static final String HASHED = "sha-256:";

    /** The identity of a message. */
    public MessageId of(Delivery<String, byte[]> delivery) {
        Message<String, byte[]> message = delivery.message();
        String source = message.header(Headers.SOURCE);
        String id = message.header(Headers.ID);
        return new MessageId(
                source == null ? "" : storable(source), id == null || id.isBlank() ? named(delivery) : storable(id));
    }

    private static String storable(String stated) {
        if (stated.length() <= MAX_LENGTH && stated.chars().noneMatch(MessageIds::isUnfit)) {
            return stated;
        }
        return hash(ContentDigest.utf8(stated));
    }

    /** U+0000 and lone surrogates cannot be stored in a column of type text. */
    private static boolean isUnfit(int character) {
        return character == 0 || Character.isSurrogate((char) character);
    }

    private String named(Delivery<String, byte[]> delivery) {
        Message<String, byte[]> message = delivery.message();
        boolean timed = message.header(Headers.TIMED_ON_ARRIVAL) == null;
        return hash(
                ContentDigest.utf8(message.header(Headers.ROUTING_KEY)),
                ContentDigest.utf8(message.key()),
                message.value(),
                ContentDigest.utf8(timed ? message.timestamp().toString() : null),
                ContentDigest.utf8(traits.stablePositions() ? delivery.position() : null));
    }

    private static String hash(byte @Nullable []... parts) {
        return HASHED + HexFormat.of().formatHex(ContentDigest.ofParts(parts).bytes());
    }
}

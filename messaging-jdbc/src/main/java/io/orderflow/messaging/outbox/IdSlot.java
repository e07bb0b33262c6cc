package io.orderflow.messaging.outbox;

import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;

/**
 * The ten seconds in which a message id was created. The outbox's ids are UUIDs of version 7, which begin with the time, so that the
 * ids of a slot are a range of texts, and an index finds them.
 *
 * @param seconds since 1970, a multiple of ten
 */
public record IdSlot(long seconds) {

    private static final int LENGTH = 10;
    private static final int MILLIS = 1_000;
    private static final Pattern VERSION_7 =
            Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");

    /** The slot of this time. */
    public static IdSlot at(Instant time) {
        return new IdSlot(Math.floorDiv(time.getEpochSecond(), LENGTH) * LENGTH);
    }

    /** The slot of an id; empty if it is not of version 7. */
    static Optional<IdSlot> of(String id) {
        return VERSION_7.matcher(id).matches()
                ? Optional.of(at(Instant.ofEpochMilli(UUID.fromString(id).getMostSignificantBits() >>> 16)))
                : Optional.empty();
    }

    public Instant start() {
        return Instant.ofEpochSecond(seconds);
    }

    /** No id of the slot is lower. */
    public String lowest() {
        return new UUID(seconds * MILLIS << 16, 0).toString();
    }

    /** The lowest id that is higher than all of the slot. */
    public String end() {
        return new IdSlot(seconds + LENGTH).lowest();
    }
}

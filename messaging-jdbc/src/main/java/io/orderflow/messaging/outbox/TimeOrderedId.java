package io.orderflow.messaging.outbox;

import java.time.Instant;
import java.util.UUID;

/** Creates UUIDs of version 7 (RFC 9562): unique, and growing with time, which keeps an inbox's index compact. */
final class TimeOrderedId {

    private static final long RANDOM_A = 0xFFFL;
    private static final long VERSION_7 = 0x7000L;

    private TimeOrderedId() {}

    static String at(Instant time) {
        UUID random = UUID.randomUUID();
        long high = time.toEpochMilli() << 16 | VERSION_7 | random.getMostSignificantBits() & RANDOM_A;
        return new UUID(high, random.getLeastSignificantBits()).toString();
    }
}

package io.orderflow.messaging.claimcheck;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Replaces large payloads by references before a message is stored or sent.
 *
 * @param store keeps the payloads
 * @param thresholds by topic, the number of bytes over which a payload is replaced; those of other topics never are
 */
public record ClaimCheck(PayloadStore store, Map<String, Long> thresholds) {

    /** Replaces nothing. */
    public static final ClaimCheck NONE = new ClaimCheck(new NoStore(), Map.of());

    private record NoStore() implements PayloadStore {

        @Override
        public String put(byte[] payload, Instant time) {
            throw new IllegalStateException("This application stores no payloads.");
        }

        @Override
        public Optional<byte[]> get(String reference) {
            return Optional.empty();
        }
    }

    /** The message, or the same without its payload and with a reference to it, which is stored with the caller's transaction. */
    public Message<String, byte[]> checkIn(String topic, Message<String, byte[]> message) {
        byte[] payload = message.value();
        if (payload == null || payload.length <= thresholds.getOrDefault(topic, Long.MAX_VALUE)) {
            return message;
        }
        String reference = store.put(payload, message.timestamp());
        return message.<byte[]>withValue(null).withHeader(Headers.DATA_REF, reference);
    }
}

package io.orderflow.messaging.inbox;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a message, the same at every delivery: by its {@link Headers#ID}, or a hash of that if it cannot be stored; else,
 * where the broker's positions are stable, by its position; else by its content. The last means that two equal messages of a foreign producer without ids are
 * one, on such a broker.
 *
 * @param traits of the broker that it came from
 */
public record MessageIds(BrokerTraits traits) {

    /** What an id of a foreign producer may take up in the database; a longer one is hashed. */
    static final int MAX_LENGTH = 200;

    /** The name of a message. */
    public String of(Delivery<String, byte[]> delivery) {
        String stated = delivery.message().header(Headers.ID);
        if (stated != null && !stated.isBlank()) {
            return isStorable(stated) ? stated : hash(bytes(stated));
        }
        return traits.stablePositions()
                ? traits.name() + ":" + delivery.position()
                : hash(
                        bytes(delivery.message().header(Headers.ROUTING_KEY)),
                        bytes(delivery.message().key()),
                        Objects.requireNonNullElse(delivery.message().value(), new byte[0]));
    }

    private static boolean isStorable(String id) {
        return id.length() <= MAX_LENGTH && id.indexOf('\0') < 0;
    }

    private static String hash(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                add(digest, part);
            }
            return "sha-256:" + HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    /** With its length, so that no two different messages run together to the same bytes. */
    private static void add(MessageDigest digest, byte[] bytes) {
        digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
        digest.update(bytes);
    }

    private static byte[] bytes(@Nullable String text) {
        return text == null ? new byte[0] : text.getBytes(StandardCharsets.UTF_8);
    }
}

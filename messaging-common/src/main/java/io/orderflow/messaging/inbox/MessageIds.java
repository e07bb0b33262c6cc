package io.orderflow.messaging.inbox;

import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Names a message, the same at every delivery: by its {@link Headers#ID}; else, where the broker's positions are stable,
 * by its position; else by its content. The last means that two equal messages of a foreign producer without ids are
 * one, on such a broker.
 *
 * @param traits of the broker that it came from
 */
public record MessageIds(BrokerTraits traits) {

    /** What an id of a foreign producer may take up in the database; a longer one is not believed. */
    static final int MAX_LENGTH = 200;

    /** The name of a message. */
    public String of(Delivery<String, byte[]> delivery) {
        String stated = delivery.message().header(Headers.ID);
        if (stated != null && !stated.isBlank() && stated.length() <= MAX_LENGTH && stated.indexOf('\0') < 0) {
            return stated;
        }
        return traits.stablePositions()
                ? traits.name() + ":" + delivery.position()
                : "sha-256:" + HexFormat.of().formatHex(digest(delivery.message()));
    }

    private static byte[] digest(Message<String, byte[]> message) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            add(digest, bytes(message.header(Headers.ROUTING_KEY)));
            add(digest, bytes(message.key()));
            add(digest, Objects.requireNonNullElse(message.value(), new byte[0]));
            return digest.digest();
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

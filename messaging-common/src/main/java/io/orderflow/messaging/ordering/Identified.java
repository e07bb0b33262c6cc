package io.orderflow.messaging.ordering;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.inbox.Inbox;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Objects;

/**
 * A delivery with the identity of its message, the same that the inbox knows it by.
 *
 * @param id identifies the message
 * @param delivery the message as it came; it has a key
 */
public record Identified(MessageId id, Delivery<String, byte[]> delivery) {

    /** What a key may take up in an index; of a longer one its hash is used. */
    private static final int LONGEST = 200;

    byte[] keyName() {
        byte[] name = key();
        if (name.length <= LONGEST) {
            return name;
        }
        try {
            return MessageDigest.getInstance("SHA-256").digest(name);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    Inbox.Entry entry() {
        return new Inbox.Entry(id, ContentDigest.of(delivery.message()));
    }

    byte[] key() {
        return Objects.requireNonNull(delivery.message().key(), "a message without a key has no order")
                .getBytes(StandardCharsets.UTF_8);
    }
}

package io.orderflow.messaging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 of a message's content: its type, key and value, or the reference to its value. Headers about a delivery (attempts, times, the reason of a dead letter)
 * do not count, so that every delivery of a message has the same digest. Immutable.
 *
 * <p>The migration {@code V0.6} computes the same in SQL: each part is preceded by its length in four bytes, -1 for a missing one.
 */
public final class ContentDigest {

    private static final int MISSING = -1;

    private final byte[] bytes;

    private ContentDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The digest of a message's content. */
    public static ContentDigest of(Message<String, byte[]> message) {
        byte[] value = message.value();
        return ofParts(
                utf8(message.header(Headers.TYPE)),
                utf8(message.key()),
                value == null ? utf8(message.header(Headers.DATA_REF)) : value);
    }

    /** A stored digest. */
    public static ContentDigest ofBytes(byte[] bytes) {
        return new ContentDigest(bytes.clone());
    }

    /** With the length of each part, so that different lists of parts never have the same bytes. */
    static ContentDigest ofParts(byte @Nullable []... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            ByteBuffer length = ByteBuffer.allocate(Integer.BYTES);
            for (byte[] part : parts) {
                digest.update(
                        length.putInt(0, part == null ? MISSING : part.length).array());
                if (part != null) {
                    digest.update(part);
                }
            }
            return new ContentDigest(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    static byte @Nullable [] utf8(@Nullable String text) {
        return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
    }

    /** A copy of its 32 bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ContentDigest digest && Arrays.equals(bytes, digest.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }
}

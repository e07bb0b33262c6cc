package io.orderflow.messaging;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A SHA-256 of what a message says: its type, its key and its value. What is said about a delivery (attempts, times, the
 * reason of a dead letter) is not part of it, so that a message has the same digest wherever it is met. Immutable.
 *
 * <p>The same bytes can be computed in SQL, which the migration {@code V0.6} does: each part is preceded by its length as
 * four bytes, -1 for one that is missing.
 */
public final class ContentDigest {

    private static final int MISSING = -1;

    private final byte[] bytes;

    private ContentDigest(byte[] bytes) {
        this.bytes = bytes;
    }

    /** The digest of a message's content. */
    public static ContentDigest of(Message<String, byte[]> message) {
        return ofParts(utf8(message.header(Headers.TYPE)), utf8(message.key()), message.value());
    }

    /** A digest as it was kept. */
    public static ContentDigest ofBytes(byte[] bytes) {
        return new ContentDigest(bytes.clone());
    }

    /** Each part with its length, so that no two different lists of parts run together to the same bytes. */
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

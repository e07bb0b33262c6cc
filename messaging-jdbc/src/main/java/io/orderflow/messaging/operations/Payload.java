package io.orderflow.messaging.operations;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A payload as a JSON string, truncated to a size that can be displayed.
 *
 * @param encoding {@code text} for UTF-8 without control characters, else {@code base64}
 * @param content its beginning; null if there is no payload
 * @param truncated whether {@code content} is only a part
 */
record Payload(int size, String encoding, @Nullable String content, boolean truncated) {

    static final int MAX_CHARACTERS = 64 * 1024;
    static final int MAX_BYTES = 16 * 1024;

    static Payload of(byte @Nullable [] bytes) {
        if (bytes == null) {
            return new Payload(0, "none", null, false);
        }
        String text = text(bytes);
        if (text != null) {
            return new Payload(bytes.length, "text", wellFormed(text, MAX_CHARACTERS), text.length() > MAX_CHARACTERS);
        }
        byte[] beginning = Arrays.copyOf(bytes, Math.min(bytes.length, MAX_BYTES));
        return new Payload(
                bytes.length, "base64", Base64.getEncoder().encodeToString(beginning), bytes.length > MAX_BYTES);
    }

    /** Null if the bytes are not valid UTF-8 or contain control characters. */
    private static @Nullable String text(byte[] bytes) {
        try {
            CharBuffer text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return text.chars().allMatch(c -> c >= ' ' && c != 0x7f || c == '\n' || c == '\r' || c == '\t')
                    ? text.toString()
                    : null;
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** At most that many characters, with unpaired surrogates replaced, which UTF-8 cannot encode. */
    static String wellFormed(String text, int max) {
        String some = text.length() <= max ? text : text.substring(0, max) + "…";
        return new String(some.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
    }
}

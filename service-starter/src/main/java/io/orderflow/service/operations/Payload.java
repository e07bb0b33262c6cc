package io.orderflow.service.operations;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A payload as people may safely look at it: a text within JSON, never markup.
 *
 * @param encoding text if it is nothing but that, else base64
 * @param content the beginning of it; null if there is no payload
 * @param truncated whether there is more
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

    /** Null if the bytes are not valid UTF-8, or hold control characters that no text has. */
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

    /** At most so many characters, and no half of a surrogate pair, which JSON over HTTP cannot carry. */
    static String wellFormed(String text, int max) {
        String some = text.length() <= max ? text : text.substring(0, max) + "…";
        return new String(some.getBytes(StandardCharsets.UTF_16), StandardCharsets.UTF_16);
    }
}

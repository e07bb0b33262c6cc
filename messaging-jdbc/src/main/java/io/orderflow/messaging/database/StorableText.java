package io.orderflow.messaging.database;

/** Converts text from outside for a column of type text: without U+0000 and lone surrogates, bounded in length. */
public final class StorableText {

    public static final int MAX_LENGTH = 1_000;

    private static final char REPLACEMENT = '\uFFFD';

    private StorableText() {}

    public static String of(String text) {
        StringBuilder storable = new StringBuilder(Math.min(text.length(), MAX_LENGTH));
        for (int i = 0; i < text.length() && storable.length() < MAX_LENGTH - 1; i++) {
            char c = text.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < text.length() && Character.isLowSurrogate(text.charAt(i + 1))) {
                storable.append(c).append(text.charAt(++i));
            } else {
                storable.append(c == '\0' || Character.isSurrogate(c) ? REPLACEMENT : c);
            }
        }
        return storable.toString();
    }
}

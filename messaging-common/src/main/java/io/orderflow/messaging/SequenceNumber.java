package io.orderflow.messaging;

import java.util.OptionalLong;
import java.util.regex.Pattern;

/** Writes and reads {@link Headers#SEQUENCE}. Numbers begin with 1 and end with {@value Integer#MAX_VALUE}. */
public final class SequenceNumber {

    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,10}");

    private SequenceNumber() {}

    /** The number as it travels. */
    public static String text(long number) {
        if (!isValid(number)) {
            throw new IllegalArgumentException("Events are numbered from 1 to " + Integer.MAX_VALUE + "; " + number
                    + " is no such number, and the event is not published.");
        }
        return String.format("%010d", number);
    }

    /** The number of a message; empty if it states none, or something else. */
    public static OptionalLong of(Message<String, byte[]> message) {
        String stated = message.header(Headers.SEQUENCE);
        if (stated == null || !NUMBER.matcher(stated).matches()) {
            return OptionalLong.empty();
        }
        long number = Long.parseLong(stated);
        return isValid(number) ? OptionalLong.of(number) : OptionalLong.empty();
    }

    private static boolean isValid(long number) {
        return number >= 1 && number <= Integer.MAX_VALUE;
    }
}

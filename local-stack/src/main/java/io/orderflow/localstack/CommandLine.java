package io.orderflow.localstack;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The words behind a command, one after the other. What cannot be understood is refused with a sentence. */
public final class CommandLine {

    private final Deque<String> rest;

    public CommandLine(String... words) {
        rest = new ArrayDeque<>(List.of(words));
    }

    public boolean isEmpty() {
        return rest.isEmpty();
    }

    /** The next word; only if there is one. */
    public String next() {
        return rest.pop();
    }

    /** The word behind an option. */
    public String value(String option) {
        if (rest.isEmpty()) {
            throw new StackException(option + " needs a value.");
        }
        return rest.pop();
    }

    /** The number behind an option. */
    public int number(String option) {
        return number(option, value(option));
    }

    /** The large number behind an option. */
    public long longNumber(String option) {
        String text = value(option);
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException e) {
            throw notANumber(option, text, e);
        }
    }

    /** The number that was given to an option as this text. */
    static int number(String option, String text) {
        try {
            return Integer.parseInt(text);
        } catch (NumberFormatException e) {
            throw notANumber(option, text, e);
        }
    }

    private static StackException notANumber(String option, String text, NumberFormatException e) {
        return new StackException(option + " needs a number, not '" + text + "'.", e);
    }
}

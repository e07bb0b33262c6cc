package io.orderflow.email.domain;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names an order: 1 to 64 letters, digits, dots, dashes and underscores. */
public record OrderId(String value) {

    public static final String PATTERN = "[A-Za-z0-9._-]{1,64}";

    private static final Pattern VALID = Pattern.compile(PATTERN);

    /** The id as it came from elsewhere. */
    public static OrderId of(@Nullable String value) {
        if (value == null || !VALID.matcher(value).matches()) {
            throw new InvalidOrderException("An order id has 1 to 64 letters, digits, dots, dashes or underscores; "
                    + (value == null ? "this one is missing." : "this one has " + value.length() + " characters."));
        }
        return new OrderId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}

package io.orderflow.events;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The id of an order: 1 to 64 letters, digits, dots, dashes and underscores. */
public record OrderId(String value) {

    /** Matches a valid id. */
    public static final String PATTERN = "[A-Za-z0-9._-]{1,64}";

    private static final Pattern VALID = Pattern.compile(PATTERN);

    /** @throws InvalidOrderException if it is invalid; the message does not contain it, because it may be anything */
    public OrderId {
        if (!VALID.matcher(value).matches()) {
            throw new InvalidOrderException("An order id has 1 to 64 letters, digits, dots, dashes or underscores; "
                    + "this one has " + value.length() + " characters.");
        }
    }

    /**
     * The id of an event.
     *
     * @throws InvalidOrderException if it is null or invalid
     */
    public static OrderId of(@Nullable String value) {
        if (value == null) {
            throw new InvalidOrderException("The id of the order is missing.");
        }
        return new OrderId(value);
    }

    @Override
    public String toString() {
        return value;
    }
}

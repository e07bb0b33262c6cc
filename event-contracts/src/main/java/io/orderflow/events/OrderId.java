package io.orderflow.events;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Names an order in every event: 1 to 64 letters, digits, dots, dashes and underscores. Nothing else is an order's id. */
public record OrderId(String value) {

    /** What an id matches, for those who check it before they have one. */
    public static final String PATTERN = "[A-Za-z0-9._-]{1,64}";

    private static final Pattern VALID = Pattern.compile(PATTERN);

    /** @throws InvalidOrderException if it is no id; the message does not repeat it, for it may be anything */
    public OrderId {
        if (!VALID.matcher(value).matches()) {
            throw new InvalidOrderException("An order id has 1 to 64 letters, digits, dots, dashes or underscores; "
                    + "this one has " + value.length() + " characters.");
        }
    }

    /**
     * The id as an event states it.
     *
     * @throws InvalidOrderException if it is missing, or is none
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

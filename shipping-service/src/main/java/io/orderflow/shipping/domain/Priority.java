package io.orderflow.shipping.domain;

import io.orderflow.events.InvalidOrderException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** How much of a hurry an order is in. */
public enum Priority {
    STANDARD,
    EXPRESS;

    /** The priority of that name as it travels: in lower case. */
    public static Priority of(@Nullable String name) {
        for (Priority priority : values()) {
            if (priority.toString().equals(name)) {
                return priority;
            }
        }
        throw new InvalidOrderException("A priority is standard or express, and this one is neither.");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

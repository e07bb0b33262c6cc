package io.orderflow.shipping.domain;

import io.orderflow.events.InvalidOrderException;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** The priority of an order. */
public enum Priority {
    STANDARD,
    EXPRESS;

    /** The priority with this name in lower case, as in events. */
    public static Priority of(@Nullable String name) {
        for (Priority priority : values()) {
            if (priority.toString().equals(name)) {
                return priority;
            }
        }
        throw new InvalidOrderException("The priority must be standard or express.");
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

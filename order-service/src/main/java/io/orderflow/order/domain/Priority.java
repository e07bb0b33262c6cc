package io.orderflow.order.domain;

import java.util.Locale;

/** The priority of an order. */
public enum Priority {
    STANDARD,
    EXPRESS;

    /** {@code standard} or {@code express}. */
    public static Priority of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}

package io.orderflow.messaging;

/** How a broker carries a {@link MessagingPattern}. */
public enum Support {
    /** By a feature of the broker. */
    NATIVE,
    /** By this library, on top of other features. */
    EMULATED,
    /** Not at all: an application that uses it does not start on this broker. */
    UNSUPPORTED
}

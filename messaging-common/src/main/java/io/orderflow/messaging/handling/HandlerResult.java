package io.orderflow.messaging.handling;

/** What became of a message whose {@link MessageHandler} returned. In each case the broker need not deliver it again. */
public enum HandlerResult {
    /** The handler ran and succeeded, and so did what it depends on. */
    HANDLED,

    /** The subscription ignores messages of its type. */
    SKIPPED,

    /** The message had been handled before. */
    DUPLICATE,

    /** The handler failed, and the message was delayed for a retry or dead-lettered. */
    RECOVERED,

    /** The handler failed, and the message is a broadcast, which comes to this instance once. */
    DROPPED
}

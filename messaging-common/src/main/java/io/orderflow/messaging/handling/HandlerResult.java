package io.orderflow.messaging.handling;

/** What a {@link MessageHandler} that returns has done. Either way the message needs nothing more. */
public enum HandlerResult {
    /** The handler ran and succeeded, and so did what it depends on. */
    HANDLED,

    /**
     * The handler did not run to its end: a duplicate, an outdated event, a type that is ignored, or a message that was
     * parked, kept for a retry or dead-lettered. It shows nothing about what the handler depends on, and so ends no outage.
     */
    SKIPPED
}

package io.orderflow.messaging;

/** A messaging pattern that brokers carry in different ways; see {@link BrokerTraits#support}. */
public enum MessagingPattern {
    /** Every group gets every message. */
    PUBLISH_SUBSCRIBE,
    /** A group gets the messages alone that it wants, by routing key and headers. */
    ROUTING,
    /** Members of a group compete for single messages. */
    WORK_QUEUE,
    /** Every running instance gets a message, and nothing is kept for absent ones. */
    BROADCAST,
    /** A request has one reply, which comes to the instance that asked. */
    REQUEST_REPLY,
    /** Urgent messages do not wait for others, and do not starve them. */
    PRIORITY,
    /** A message is sent at a time, unless it is cancelled before. */
    SCHEDULED_SEND,
    /** A message that has expired is dead-lettered and not handled. */
    TIME_TO_LIVE,
    /** Events are counted and joined while they pass; the broker's own stream processor is the native form. */
    STREAM_PROCESSING,
    /** A topic is read again, from its beginning, a position or a time. */
    REPLAY
}

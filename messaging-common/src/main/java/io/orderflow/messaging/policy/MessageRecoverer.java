package io.orderflow.messaging.policy;

import io.orderflow.messaging.Message;
import java.time.Duration;

/** Where a message goes that failed, so that the messages behind it are handled. */
public interface MessageRecoverer {

    /**
     * Sends a message to a topic after the delay. Returns once that is certain to happen even if this process crashes.
     *
     * @return false if nothing can be delayed here: then nothing was sent, and the caller waits and retries by itself
     */
    boolean later(String topic, Message<String, byte[]> message, Duration delay);

    /**
     * Sends a message to a dead-letter topic. Returns once the broker has accepted it or, if the broker rejects it for good
     * and there is an outbox, once it is stored there for an operator.
     */
    void deadLetter(String topic, Message<String, byte[]> message);

    /** What {@link #deadLetter} does with a message, for the log: the end of a sentence that begins with the message. */
    default String outcome(String topic) {
        return "is dead-lettered to " + topic;
    }
}

package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.MessageId;

/** Is told that people have discarded a dead letter, in the transaction in which they did. */
@FunctionalInterface
public interface DiscardListener {

    /**
     * @param topic the one that the group reads
     * @param id identifies the message
     * @param content tells it from others that were given the same identity
     */
    void discarded(String group, String topic, MessageId id, ContentDigest content);
}

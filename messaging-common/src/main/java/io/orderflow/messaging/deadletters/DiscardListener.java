package io.orderflow.messaging.deadletters;

/** Is told that people have discarded a dead letter, in the transaction in which they did. */
@FunctionalInterface
public interface DiscardListener {

    void discarded(String group, String topic, String messageId);
}

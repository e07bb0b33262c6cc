package io.orderflow.messaging.ordering;

import io.orderflow.messaging.Message;
import java.time.Duration;

/** What was decided about the first message of a blocked key; it becomes true when the key is settled. */
public sealed interface Outcome {

    /** It is handled: the next one of its key may be. */
    record Done() implements Outcome {}

    /** It failed, and is tried again after the delay, with what its headers say of its attempts. */
    record Again(Message<String, byte[]> message, Duration delay) implements Outcome {}

    /** It was not tried, because something that it needs is unavailable; its key is due again after the delay. */
    record NotNow(Duration delay) implements Outcome {}

    /**
     * It is dead-lettered.
     *
     * @param topic where its dead letter is sent
     * @param message the dead letter
     * @param blocksKey whether its key awaits an operator; otherwise the next message of the key may be handled
     */
    record DeadLettered(String topic, Message<String, byte[]> message, boolean blocksKey) implements Outcome {}
}

package io.orderflow.messaging.ordering;

import io.orderflow.messaging.Message;
import java.time.Duration;

/** What became of the first message of a held key. */
public sealed interface Outcome {

    /** It is done, and so is what it stood for: the next one of its key may be handled. */
    record Done() implements Outcome {}

    /** It failed, and is tried again after the delay, with what it says of its attempts. */
    record Again(Message<String, byte[]> message, Duration delay) implements Outcome {}

    /** It was not tried, because something is away that it needs; its key is due again after the delay. */
    record NotNow(Duration delay) implements Outcome {}

    /** It was dead-lettered, and its key waits until people have decided about it. */
    record WaitsForPeople() implements Outcome {}
}

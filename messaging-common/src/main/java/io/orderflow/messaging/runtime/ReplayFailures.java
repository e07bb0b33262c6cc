package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.policy.MessageRecoverer;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Counts the messages that fail in a replay. They are not dead-lettered: where they failed live, they were. */
final class ReplayFailures implements MessageRecoverer {

    private volatile long number;
    private volatile @Nullable String first;

    /** Nothing is delayed: a message that fails is retried in place. */
    @Override
    public boolean later(String topic, Message<String, byte[]> message, Duration delay) {
        return false;
    }

    /** Called on the one thread of a replay's handlers. */
    @Override
    @SuppressWarnings("NonAtomicOperationOnVolatileField")
    public void deadLetter(String topic, Message<String, byte[]> message) {
        if (first == null) {
            first = message.header(Headers.ID) + " at " + message.header(Headers.ORIGIN_POSITION) + " failed, because "
                    + message.header(Headers.DEAD_LETTER_REASON) + ": " + message.header(Headers.DEAD_LETTER_CAUSE);
        }
        number = number + 1;
    }

    @Override
    public String outcome(String topic) {
        return "is counted as a failure of the replay";
    }

    long number() {
        return number;
    }

    @Nullable
    String first() {
        return first;
    }
}

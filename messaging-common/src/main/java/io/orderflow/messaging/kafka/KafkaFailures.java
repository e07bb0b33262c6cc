package io.orderflow.messaging.kafka;

import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;

/** Says in our words what Kafka's client threw. */
final class KafkaFailures {

    private KafkaFailures() {}

    /**
     * @param what what did not happen, as the sentence's beginning: "Kafka did not answer"
     * @param failure why; an {@link ExecutionException} stands for its cause
     */
    static MessagingException of(String what, Throwable failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        String why = cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        return isRejection(cause)
                ? new MessageRejectedException(what + ", and never will (" + why + ").", cause)
                : new MessagingException(what + " (" + why + ").", cause);
    }

    private static boolean isRejection(Throwable cause) {
        return cause instanceof RecordTooLargeException
                || cause instanceof InvalidTimestampException
                || cause instanceof InvalidRecordException
                || cause instanceof SerializationException
                || cause instanceof IllegalArgumentException;
    }
}

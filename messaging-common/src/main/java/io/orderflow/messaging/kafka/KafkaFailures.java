package io.orderflow.messaging.kafka;

import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.TopicUnavailableException;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.common.InvalidRecordException;
import org.apache.kafka.common.errors.InvalidTimestampException;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Translates exceptions of Kafka's clients. */
final class KafkaFailures {

    private KafkaFailures() {}

    /**
     * @param what the first words of the error: "Kafka did not answer"
     * @param failure the cause; an {@link ExecutionException} is replaced by its own cause
     */
    static MessagingException of(String what, Throwable failure) {
        Throwable cause =
                failure instanceof ExecutionException && failure.getCause() != null ? failure.getCause() : failure;
        if (failure instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        String reason =
                cause.getClass().getSimpleName() + (cause.getMessage() == null ? "" : ": " + cause.getMessage());
        if (cause instanceof UnknownTopicOrPartitionException) {
            return new TopicUnavailableException(what + " (" + reason + ").", cause);
        }
        return isRejection(cause)
                ? new MessageRejectedException(what + ", and never will (" + reason + ").", cause)
                : new MessagingException(what + " (" + reason + ").", cause);
    }

    private static boolean isRejection(Throwable cause) {
        return cause instanceof RecordTooLargeException
                || cause instanceof InvalidTimestampException
                || cause instanceof InvalidRecordException
                || cause instanceof SerializationException
                || cause instanceof IllegalArgumentException;
    }
}

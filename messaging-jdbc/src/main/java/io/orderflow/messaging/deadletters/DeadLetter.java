package io.orderflow.messaging.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a group could not handle. Text from outside is bounded in length, but unsafe as markup.
 *
 * @param id of the row in this service's database
 * @param group whose handler failed
 * @param topic that the group reads
 * @param source who sent the message; empty if the message does not state it
 * @param messageId identifies the message among those of its source, as in the group's inbox
 * @param type of the message; null if it states none
 * @param key of the message
 * @param traceId of the trace that the message was created in; null without one
 * @param size of the payload, in bytes
 * @param reason why it was dead-lettered
 * @param cause type and message of the exception; null if the broker dead-lettered it
 * @param exception the type of the exception
 * @param place where the exception was thrown, {@code class#method:line}
 * @param fingerprint the same for all failures with the same exception at the same place
 * @param attempts how often it was attempted before it was dead-lettered last
 * @param failures how often it was dead-lettered
 * @param firstFailure when an attempt failed first
 * @param lastFailure when it was dead-lettered last
 * @param redriven how often an operator has redriven it
 * @param changedAt since when it has its state
 */
public record DeadLetter(
        long id,
        String group,
        String topic,
        String source,
        String messageId,
        @Nullable String type,
        @Nullable String key,
        @Nullable String traceId,
        int size,
        String reason,
        @Nullable String cause,
        @Nullable String exception,
        @Nullable String place,
        String fingerprint,
        int attempts,
        int failures,
        Instant firstFailure,
        Instant lastFailure,
        int redriven,
        DeadLetterState state,
        Instant changedAt) {}

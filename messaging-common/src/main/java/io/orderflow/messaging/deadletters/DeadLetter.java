package io.orderflow.messaging.deadletters;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A message that a group could not handle. Everything that came from outside is of bounded length, but unsafe as markup.
 *
 * @param id names it in this service's database
 * @param group whose handler failed
 * @param topic what the group reads
 * @param source who sent the message; empty if it does not state that
 * @param messageId identifies the message among those of its source, as the group's inbox does
 * @param type the message's; null if it states none
 * @param key the message's
 * @param size of the payload, in bytes
 * @param reason why it was given up, in a sentence
 * @param cause the exception: type and message; null if the broker gave it up
 * @param exception the type of the exception alone
 * @param place where that arose, {@code class#method:line}
 * @param fingerprint the same for whatever failed with the same exception at the same place
 * @param attempts how often it was attempted before it was given up last
 * @param failures how often it was given up
 * @param firstFailure when an attempt failed first
 * @param lastFailure when it was given up last
 * @param redriven how often people sent it to its group again
 * @param state what has become of it
 * @param changedAt since when
 */
public record DeadLetter(
        long id,
        String group,
        String topic,
        String source,
        String messageId,
        @Nullable String type,
        @Nullable String key,
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

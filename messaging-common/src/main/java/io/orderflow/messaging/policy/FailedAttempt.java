package io.orderflow.messaging.policy;

import io.orderflow.messaging.policy.OutageDetector.Fault;
import io.orderflow.messaging.policy.OutageDetector.Symptom;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A failed attempt, as a decision needs to know it.
 *
 * @param failure what the handler threw
 * @param key of the message, or its id if it has none
 * @param attempts how many attempts have failed, this one included
 * @param inPlace how many of them failed on this thread in a row, this one included
 * @param time when it failed
 */
record FailedAttempt(Throwable failure, String key, Attempts attempts, int inPlace, Instant time) {

    Symptom symptom() {
        @Nullable Instant first = attempts.firstFailure();
        return new Symptom(key, Fingerprint.of(failure), Fault.of(failure), first, time);
    }
}

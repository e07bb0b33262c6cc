package io.orderflow.messaging.policy;

import java.time.Duration;

/** What happens after a failure: decided by {@link RetryPolicy#decide}, carried out by {@link Retrying}. */
sealed interface FailureDecision {

    /** Retry on this thread after a short pause. The failure is not counted as an attempt. */
    record RetryInPlace(Duration pause) implements FailureDecision {}

    /** Retry after the delay; other messages are handled meanwhile where the recoverer can delay a message. */
    record RetryLater(Duration delay) implements FailureDecision {}

    /** Try again after the delay, because the handler was not ready. Not counted as an attempt. */
    record Postpone(Duration delay) implements FailureDecision {}

    /** Send the message to the dead-letter topic. */
    record DeadLetter(String reason) implements FailureDecision {}

    /** An outage of something that all messages need: retry when the circuit admits it. Not counted as an attempt. */
    record AwaitRecovery() implements FailureDecision {}
}

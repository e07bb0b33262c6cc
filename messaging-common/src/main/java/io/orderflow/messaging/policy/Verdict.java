package io.orderflow.messaging.policy;

import java.time.Duration;

/** What happens after a failure; decided purely by {@link RetryPolicy}, carried out by {@link Retrying}. */
public sealed interface Verdict {

    /** Try again at once, on this thread, after a short pause. The failure costs the message no attempt. */
    record RetryHere(Duration pause) implements Verdict {}

    /** Try again after a pause, and let other messages go on meanwhile where that is possible. */
    record RetryLater(Duration delay) implements Verdict {}

    /** Dead-letter the message. */
    record GiveUp(String reason) implements Verdict {}

    /**
     * Nothing is wrong with the message, but something is away that all messages need: keep it, without a spent attempt,
     * and try it again when it is its turn.
     */
    record Hold() implements Verdict {}
}

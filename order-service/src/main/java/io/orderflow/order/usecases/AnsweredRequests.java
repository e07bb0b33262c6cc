package io.orderflow.order.usecases;

import java.time.Instant;
import java.util.Optional;

/** What was answered to requests that carried an idempotency key. */
public interface AnsweredRequests {

    /**
     * A request and its answer.
     *
     * @param key the client's name for the request
     * @param fingerprint tells whether a repetition asks for the same
     */
    record Answered(String key, String fingerprint, Answer answer, Instant at) {}

    /** Takes the key until the current transaction ends; false, at once, if another one has it. */
    boolean tryToTake(String key);

    Optional<Answered> find(String key);

    /** Remembers an answer with the current transaction, in the place of an older one of that key. */
    void remember(Answered answered);

    /** Forgets what was answered before that time, and tells how much that was. */
    int forgetBefore(Instant time);
}

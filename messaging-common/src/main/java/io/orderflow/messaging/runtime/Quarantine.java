package io.orderflow.messaging.runtime;

import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.quarantine.InFlightMessages;
import java.time.Duration;

/**
 * What finds out messages whose handling ends the process, where there is a database. One for a process: what all of its
 * members share is who may handle while a suspect is handled alone.
 */
public final class Quarantine {

    /** So often a message has to end the process alone. Together with the first time, when it was in company, once more. */
    public static final int DEFAULT_AFTER = 3;

    /** So long a handler waits for another one; as a rule handlers are timed out before that. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final InFlightMessages inFlight;
    private final int after;
    private final ExclusiveGate exclusiveGate = new ExclusiveGate(PATIENCE);

    /** @param after how often a message has to end the process, with nothing else in hand, before it is dead-lettered */
    public Quarantine(InFlightMessages inFlight, int after) {
        if (after < 1) {
            throw new IllegalArgumentException(
                    "A message is quarantined after it has ended the process at least once, not " + after + " times.");
        }
        this.inFlight = inFlight;
        this.after = after;
    }

    /** @param role tells apart the loops of one subscription that hand messages to each other */
    CrashLoopGuard of(Subscription subscription, String role, MessageIds ids) {
        return new CrashLoopGuard(subscription, role, ids, inFlight, after, exclusiveGate);
    }
}

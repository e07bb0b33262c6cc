package io.orderflow.messaging.crashguard;

import io.orderflow.messaging.handling.CrashProtection;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;

/** Makes the crash-loop guards of a process; they share the gate that lets a suspect run alone. */
public final class Quarantine {

    /** How often a message must end the process with nothing else in flight. The first time there was something else. */
    public static final int DEFAULT_AFTER = 3;

    /** How long a handler waits for another one; handlers are normally timed out before that. */
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final InFlightMessages inFlight;
    private final int after;
    private final ExclusiveGate gate = new ExclusiveGate(PATIENCE);

    /** @param after how often a message must end the process, with nothing else in flight, before it is dead-lettered */
    public Quarantine(InFlightMessages inFlight, int after) {
        if (after < 1) {
            throw new IllegalArgumentException("messaging.quarantine.after must be at least 1, not " + after
                    + ": so often a message ends the process.");
        }
        this.inFlight = inFlight;
        this.after = after;
    }

    /** For one member of a subscription. */
    public CrashProtection of(Subscription subscription) {
        return new CrashLoopGuard(new MemberInFlight(subscription, inFlight), after, gate);
    }
}

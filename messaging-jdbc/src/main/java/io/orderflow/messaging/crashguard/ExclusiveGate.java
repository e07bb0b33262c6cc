package io.orderflow.messaging.crashguard;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one handler of this process run alone, so that it is known which message ended the process. Nobody waits longer than the
 * patience: a handler that hangs does not block the others.
 */
final class ExclusiveGate {

    private final long patience;
    private final Map<Object, Long> inside = new HashMap<>();
    private @Nullable Object alone;
    private long aloneSince;

    ExclusiveGate(Duration patience) {
        this.patience = patience.toNanos();
    }

    /**
     * Returns when no handler runs alone.
     *
     * @return false if the caller is inside already, and then leaves only once
     */
    synchronized boolean enter(Object who) throws InterruptedException {
        if (inside.containsKey(who)) {
            return false;
        }
        awaitNobodyRunsAlone();
        inside.put(who, System.nanoTime());
        return true;
    }

    synchronized void leave(Object who) {
        inside.remove(who);
        notifyAll();
    }

    /**
     * Keeps others from entering, and returns when those inside have left.
     *
     * @return false if one of them stayed for too long, so that the caller is not alone
     */
    synchronized boolean enterAlone(Object who) throws InterruptedException {
        awaitNobodyRunsAlone();
        alone = who;
        aloneSince = System.nanoTime();
        try {
            while (!inside.isEmpty() && left(aloneSince) > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left(aloneSince));
            }
        } catch (InterruptedException e) {
            leaveAlone(who);
            throw e;
        }
        aloneSince = System.nanoTime();
        return inside.isEmpty();
    }

    synchronized void leaveAlone(Object who) {
        if (alone == who) {
            alone = null;
            notifyAll();
        }
    }

    private void awaitNobodyRunsAlone() throws InterruptedException {
        while (alone != null && left(aloneSince) > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left(aloneSince));
        }
    }

    private long left(long since) {
        return patience - (System.nanoTime() - since);
    }
}

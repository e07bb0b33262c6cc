package io.orderflow.messaging.runtime;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Lets one handler be at work alone in this process, when it has to be known whose fault it is if the process ends. Nobody
 * waits for anybody for longer than the patience: a handler that hangs does not hold up the others for ever.
 */
final class ExclusiveGate {

    private final long patience;
    private final Map<Object, Long> atWork = new HashMap<>();
    private @Nullable Object alone;
    private long aloneSince;

    ExclusiveGate(Duration patience) {
        this.patience = patience.toNanos();
    }

    /**
     * Comes back when nobody is at work alone.
     *
     * @return false if this one is at work already, and then has to leave only once
     */
    synchronized boolean enter(Object who) throws InterruptedException {
        if (atWork.containsKey(who)) {
            return false;
        }
        awaitNobodyAlone();
        atWork.put(who, System.nanoTime());
        return true;
    }

    synchronized void leave(Object who) {
        atWork.remove(who);
        notifyAll();
    }

    /**
     * Keeps others from entering, and comes back when those inside have left.
     *
     * @return false if one of them stayed for too long, and this one is not alone
     */
    synchronized boolean enterAlone(Object who) throws InterruptedException {
        awaitNobodyAlone();
        alone = who;
        aloneSince = System.nanoTime();
        try {
            while (!atWork.isEmpty() && left(aloneSince) > 0) {
                TimeUnit.NANOSECONDS.timedWait(this, left(aloneSince));
            }
        } catch (InterruptedException e) {
            leaveAlone(who);
            throw e;
        }
        aloneSince = System.nanoTime();
        return atWork.isEmpty();
    }

    synchronized void leaveAlone(Object who) {
        if (alone == who) {
            alone = null;
            notifyAll();
        }
    }

    private void awaitNobodyAlone() throws InterruptedException {
        while (alone != null && left(aloneSince) > 0) {
            TimeUnit.NANOSECONDS.timedWait(this, left(aloneSince));
        }
    }

    private long left(long since) {
        return patience - (System.nanoTime() - since);
    }
}

package io.orderflow.servers;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The pause between two checks of another process. */
final class Pause {

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Pause() {}

    static void briefly() {
        LockSupport.parkNanos(NANOS);
        if (Thread.currentThread().isInterrupted()) {
            throw new ServerUnavailableException("Interrupted while waiting for a server.");
        }
    }
}

package io.orderflow.servers;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The breath between two looks at a condition of another process, which cannot notify us. */
final class Pause {

    private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Pause() {}

    static void briefly() {
        LockSupport.parkNanos(NANOS);
        if (Thread.currentThread().isInterrupted()) {
            throw new ServerUnavailableException("interrupted while waiting for a server");
        }
    }
}

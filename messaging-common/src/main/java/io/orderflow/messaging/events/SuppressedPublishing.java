package io.orderflow.messaging.events;

import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.BatchMiddleware;

/**
 * Drops what handlers publish on their thread while messages are replayed, up to the commit of their transaction: it was published
 * when the messages were first handled.
 */
public final class SuppressedPublishing implements BatchMiddleware {

    private static final ThreadLocal<Boolean> ACTIVE = ThreadLocal.withInitial(() -> false);

    @Override
    public BatchHandler around(BatchHandler next) {
        return deliveries -> {
            ACTIVE.set(true);
            try {
                next.handle(deliveries);
            } finally {
                ACTIVE.remove();
            }
        };
    }

    /** Whether what the calling thread publishes is to be dropped. */
    public static boolean isActive() {
        return ACTIVE.get();
    }
}

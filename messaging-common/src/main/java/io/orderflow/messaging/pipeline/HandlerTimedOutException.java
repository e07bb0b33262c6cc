package io.orderflow.messaging.pipeline;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** A handler did not return in time and was interrupted. Its transaction is rolled back, even if it returned then. */
final class HandlerTimedOutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** @param reaction what the handler threw when it was interrupted; not a cause, so that it is not taken for the failure */
    HandlerTimedOutException(Duration limit, @Nullable Throwable reaction) {
        super("The handler did not return within " + limit.toMillis() + " ms.");
        if (reaction != null) {
            addSuppressed(reaction);
        }
    }
}

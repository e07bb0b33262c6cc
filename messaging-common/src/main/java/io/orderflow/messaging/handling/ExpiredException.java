package io.orderflow.messaging.handling;

import io.orderflow.messaging.Headers;
import org.jspecify.annotations.Nullable;

/** A message has expired before it could be handled ({@link Headers#EXPIRES_AT}). It is dead-lettered. */
public final class ExpiredException extends NotRetryableException {

    private static final long serialVersionUID = 1L;

    /** @param time when it expired */
    public ExpiredException(@Nullable String time) {
        super("The message expired at " + time + " and is not handled.", null);
    }

    @Override
    public String reason() {
        return "expired";
    }
}

package io.orderflow.service;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * A request's body, all of it.
 *
 * @param refusal why it cannot be read; then there are no bytes
 */
record ReceivedBody(byte[] bytes, @Nullable TooLargeException refusal) {

    /** Thrown where a body is read that was not received. */
    static class TooLargeException extends IOException {

        TooLargeException(DataSize limit) {
            super("A body of up to " + limit.toKilobytes() + " KiB is read.");
        }
    }

    static ReceivedBody tooLarge(DataSize limit) {
        return new ReceivedBody(new byte[0], new TooLargeException(limit));
    }
}

package io.orderflow.service;

import java.io.IOException;
import org.jspecify.annotations.Nullable;
import org.springframework.util.unit.DataSize;

/**
 * The complete body of a request.
 *
 * @param refusal thrown when the body is read; then there are no bytes
 */
record ReceivedBody(byte[] bytes, @Nullable TooLargeException refusal) {

    /** Thrown when a body is read that was too large to receive. */
    static class TooLargeException extends IOException {

        TooLargeException(DataSize limit) {
            super("The request body is larger than " + limit.toKilobytes() + " KiB.");
        }
    }

    static ReceivedBody tooLarge(DataSize limit) {
        return new ReceivedBody(new byte[0], new TooLargeException(limit));
    }
}

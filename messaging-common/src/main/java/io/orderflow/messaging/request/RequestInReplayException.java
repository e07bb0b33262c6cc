package io.orderflow.messaging.request;

import io.orderflow.messaging.handling.NotRetryableException;

/** A handler that gets a replayed event has sent a request, which would repeat an effect outside. Nothing was sent. */
final class RequestInReplayException extends NotRetryableException {

    private static final long serialVersionUID = 1L;

    RequestInReplayException(String message) {
        super(message, null);
    }
}

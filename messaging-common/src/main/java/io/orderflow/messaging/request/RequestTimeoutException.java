package io.orderflow.messaging.request;

import java.time.Duration;

/** No reply came in time. The request may have been carried out, or may be yet, until its time is up there. */
public final class RequestTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RequestTimeoutException(String request, String topic, Duration timeout) {
        super("No reply to request " + request + " on topic '" + topic + "' within " + timeout.toMillis() + " ms.");
    }
}

package io.orderflow.messaging.crashguard;

import io.orderflow.messaging.handling.NotRetryableException;

/** A message is not handled because the process ended each time that it was. */
final class CrashLoopException extends NotRetryableException {

    private static final long serialVersionUID = 1L;

    CrashLoopException(int times) {
        super("Handling it ended the process " + times + " times, each time with nothing else in flight.", null);
    }
}

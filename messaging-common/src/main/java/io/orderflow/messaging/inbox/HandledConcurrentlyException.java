package io.orderflow.messaging.inbox;

/**
 * Another transaction is still handling a message that was to be noted, and this one could not wait any longer. Whether the
 * message is new is not known yet: begin again, in a new transaction.
 */
public final class HandledConcurrentlyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HandledConcurrentlyException(String group, String topic, Throwable cause) {
        super(
                "A message of " + topic + " is still being handled by another member of " + group
                        + ", or the database is slow; whether it has been handled is asked again.",
                cause);
    }
}

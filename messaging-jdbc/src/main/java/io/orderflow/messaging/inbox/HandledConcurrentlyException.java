package io.orderflow.messaging.inbox;

/**
 * Another transaction is still handling the same message, and the wait for its end was cut short. Whether the message is new is
 * not known yet: call again in a new transaction.
 */
public final class HandledConcurrentlyException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    HandledConcurrentlyException(String group, String topic, Throwable cause) {
        super(
                "A message of " + topic + " is still being handled by another member of " + group
                        + ", or the database is slow; the inbox is queried again.",
                cause);
    }
}

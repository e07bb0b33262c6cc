package io.orderflow.messaging.quarantine;

/** Instead of handling a message that ends the process each time it is handled. */
public final class CrashLoopException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public CrashLoopException(int times) {
        super("Handling it ended the process " + times + " times, each time with nothing else in hand.");
    }
}

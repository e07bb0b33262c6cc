package io.orderflow.systemtests.chaos;

/** The command line makes no sense. The message is a sentence for the person at the terminal. */
final class UsageException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UsageException(String message) {
        super(message);
    }
}

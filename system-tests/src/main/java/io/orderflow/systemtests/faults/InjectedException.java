package io.orderflow.systemtests.faults;

/** The exception that a fail point throws. */
public final class InjectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InjectedException(String message) {
        super(message);
    }
}

package io.orderflow.systemtests.faults;

/** What a fail point throws. */
public final class InjectedFault extends RuntimeException {

    private static final long serialVersionUID = 1L;

    InjectedFault(String message) {
        super(message);
    }
}

package io.orderflow.console.services;

/** A service refused a request. The message is its reason, in a sentence for operators. */
public final class RefusedException extends RuntimeException {

    private final int status;

    public RefusedException(int status, String message) {
        super(message);
        this.status = status;
    }

    /** The status of the service's response. */
    public int status() {
        return status;
    }
}

package io.orderflow.servers;

/** A server that a test needs could not be had. The message says what to install or to set. */
public final class ServerUnavailableException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    public ServerUnavailableException(String message) {
        super(message);
    }

    public ServerUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}

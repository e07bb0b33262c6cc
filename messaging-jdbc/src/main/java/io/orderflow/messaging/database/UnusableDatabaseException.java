package io.orderflow.messaging.database;

/** The library cannot keep its promises with this database, so the application must not start. */
public final class UnusableDatabaseException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /**
     * @param message what is wrong
     * @param action what to do about it, with the names of the properties
     */
    public UnusableDatabaseException(String message, String action) {
        super(message);
        this.action = action;
    }

    /** The same, where something else failed first. */
    public UnusableDatabaseException(String message, String action, Throwable cause) {
        super(message, cause);
        this.action = action;
    }

    /** What to do about it. */
    public String action() {
        return action;
    }
}

package io.orderflow.messaging.spring;

/** A setting of messaging is missing or contradicts another one; the message names the property. */
final class InvalidSettingException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final String action;

    /** @param action what to do about it */
    InvalidSettingException(String message, String action) {
        super(message);
        this.action = action;
    }

    String action() {
        return action;
    }
}

package io.orderflow.shipping.domain;

/** The carrier did not respond or failed temporarily; a retry can succeed. */
public class CarrierUnavailableException extends RuntimeException {

    public CarrierUnavailableException(String message) {
        super(message);
    }
}

package io.orderflow.shipping.domain;

/** The carrier did not answer, or said to come again. */
public class CarrierUnavailableException extends RuntimeException {

    public CarrierUnavailableException(String message) {
        super(message);
    }
}

package io.orderflow.order.usecases;

/** A customer has requested an order for another customer. */
public class OtherCustomerException extends RuntimeException {

    OtherCustomerException() {
        super("A customer places own orders only: customerId must be the subject of the token.");
    }
}

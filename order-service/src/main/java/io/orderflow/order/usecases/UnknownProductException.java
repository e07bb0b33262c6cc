package io.orderflow.order.usecases;

/** There is no product with this sku. */
public class UnknownProductException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    UnknownProductException(String sku) {
        super("There is no product " + sku + ".");
    }
}

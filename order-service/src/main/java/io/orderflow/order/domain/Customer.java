package io.orderflow.order.domain;

/**
 * Who ordered.
 *
 * @param id the customer
 * @param email where mails about this order go; personal, so it is never logged
 */
public record Customer(String id, String email) {

    @Override
    public String toString() {
        return id;
    }
}

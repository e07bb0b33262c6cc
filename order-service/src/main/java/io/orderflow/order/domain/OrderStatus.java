package io.orderflow.order.domain;

/** The status of an order. */
public enum OrderStatus {
    /** Placed; inventory-service has not answered yet. */
    PENDING,
    /** Everything is reserved; it may be shipped. */
    CONFIRMED,
    /** It cannot be fulfilled. Final. */
    REJECTED,
    /** Cancellation requested; shipping-service decides whether it is in time. */
    CANCELLING,
    /** Cancelled. Final. */
    CANCELLED,
    /** Handed to a carrier. Final. */
    SHIPPED;

    /** Whether an order keeps this status for ever. */
    public boolean isFinal() {
        return switch (this) {
            case PENDING, CONFIRMED, CANCELLING -> false;
            case REJECTED, CANCELLED, SHIPPED -> true;
        };
    }
}

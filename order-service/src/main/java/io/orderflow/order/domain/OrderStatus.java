package io.orderflow.order.domain;

/** How far an order has come. */
public enum OrderStatus {
    /** Placed; whether everything is in stock is not known yet. */
    PENDING,
    /** Everything is reserved, and it may be shipped. */
    CONFIRMED,
    /** It cannot be fulfilled. Final. */
    REJECTED,
    /** The customer wants it cancelled, and shipping is asked whether that comes in time. */
    CANCELLING,
    /** Cancelled. Final. */
    CANCELLED,
    /** On its way. Final. */
    SHIPPED
}

package io.orderflow.events;

/** The topics, named once. */
public final class Topics {

    /** What happened to orders; published by order-service. */
    public static final String ORDERS = "orders";

    /** What happened to stock; published by inventory-service. */
    public static final String INVENTORY = "inventory";

    /** What happened to shipments; published by shipping-service. */
    public static final String SHIPPING = "shipping";

    /** The work queue of carrier bookings, shared by all instances of shipping-service. */
    public static final String SHIPMENTS = "shipments";

    /** The lane of that queue on which express orders never wait behind standard ones. */
    public static final String SHIPMENTS_EXPRESS = "shipments.express";

    private Topics() {}
}

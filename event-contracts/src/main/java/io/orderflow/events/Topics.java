package io.orderflow.events;

/** The topics, named once. */
public final class Topics {

    /** What happened to orders; published by order-service. */
    public static final String ORDERS = "orders";

    /** Whom to write to about orders: personal data, for email-service alone; published by order-service. */
    public static final String CONTACTS = "contacts";

    /** What happened to stock; published by inventory-service. */
    public static final String INVENTORY = "inventory";

    /** What happened to shipments; published by shipping-service. */
    public static final String SHIPPING = "shipping";

    /** The work queue of what is to be booked at a carrier, shared by all instances of shipping-service. */
    public static final String SHIPMENTS = "shipments";

    /** The work queue of express bookings and cancellations, which never wait for standard bookings. */
    public static final String SHIPMENTS_EXPRESS = "shipments.express";

    private Topics() {}
}

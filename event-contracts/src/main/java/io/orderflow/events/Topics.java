package io.orderflow.events;

/** The names of the topics. */
public final class Topics {

    /** Events about orders, published by order-service. */
    public static final String ORDERS = "orders";

    /** E-mail addresses of customers, published by order-service. Personal data, for email-service only. */
    public static final String CONTACTS = "contacts";

    /** Events about stock, published by inventory-service. */
    public static final String INVENTORY = "inventory";

    /** Events about shipments, published by shipping-service. */
    public static final String SHIPPING = "shipping";

    /** The work queue of carrier bookings, shared by all instances of shipping-service. */
    public static final String SHIPMENTS = "shipments";

    /** The work queue of express bookings and cancellations, which never wait for standard bookings. */
    public static final String SHIPMENTS_EXPRESS = "shipments.express";

    /** Orders with a large total; published by analytics-service. */
    public static final String HIGH_VALUE_ORDERS = "high-value-orders";

    /** Reminders of orders that are not shipped for some time, published by order-service. */
    public static final String REMINDERS = "reminders";

    /** Requests for the price of a shipment, answered by shipping-service. */
    public static final String SHIPPING_QUOTES = "shipping-quotes";

    /** Broadcasts of changed prices, to all instances of order-service. */
    public static final String PRICES = "prices";

    /** The work queue of webhook deliveries, shared by all instances of order-service. */
    public static final String WEBHOOK_DELIVERIES = "webhook-deliveries";

    private Topics() {}
}

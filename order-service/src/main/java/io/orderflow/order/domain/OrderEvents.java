package io.orderflow.order.domain;

import io.orderflow.events.OrderContactProvided;

/** Publishes the events of orders, if and only if the current transaction commits. */
public interface OrderEvents {

    /** @param number counts the events of the order, from 1 without gaps, so that consumers detect missing ones */
    void publish(Record event, long number);

    /** Publishes the address of the customer on a topic of its own. It is not counted. */
    void publish(OrderContactProvided contact);
}

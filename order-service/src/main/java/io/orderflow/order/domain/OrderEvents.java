package io.orderflow.order.domain;

import io.orderflow.events.OrderContactProvided;

/** Tells others what happened to orders, if and only if the current transaction commits. */
public interface OrderEvents {

    /** @param number counts the events of that order, from 1 and without a gap; readers see by it what they missed */
    void publish(Record event, long number);

    /** Passes on whom to write to, to those alone who write. It is not counted. */
    void publish(OrderContactProvided contact);
}

package io.orderflow.order.domain;

/** Tells others what happened to orders, if and only if the current transaction commits. */
@FunctionalInterface
public interface OrderEvents {

    /** @param number counts the events of that order, from 1 and without a gap; readers see by it what they missed */
    void publish(Record event, long number);
}

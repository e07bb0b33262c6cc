package io.orderflow.order.domain;

import java.util.List;

/** Tells others what happened to orders, if and only if the current transaction commits. */
@FunctionalInterface
public interface OrderEvents {

    void publish(List<Record> events);
}

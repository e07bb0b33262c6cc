package io.orderflow.order.domain;

import java.time.Duration;

/** The events that wait in the outbox. */
@FunctionalInterface
public interface EventBacklog {

    /** How long the oldest committed event has been waiting; zero if there is none. */
    Duration oldest();
}

package io.orderflow.analytics.domain;

import io.orderflow.events.HighValueOrder;

/** Publishes events, if and only if the current transaction commits. */
@FunctionalInterface
public interface AnalyticsEvents {

    void publish(HighValueOrder order);
}

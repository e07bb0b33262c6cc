package io.orderflow.order.domain;

import java.time.Duration;

/** What has been published and has not left this service yet. */
@FunctionalInterface
public interface EventBacklog {

    /** How long the oldest event has been waiting; zero if none waits. Not yet committed ones are not seen. */
    Duration oldest();
}

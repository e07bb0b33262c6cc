package io.orderflow.order.domain;

import java.util.UUID;

/** The queue of deliveries. */
public interface WebhookTasks {

    /** Queues the attempts of one round, if and only if the current transaction commits. */
    void deliver(UUID deliveryId, int round);
}

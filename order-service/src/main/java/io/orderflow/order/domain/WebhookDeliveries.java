package io.orderflow.order.domain;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The repository of deliveries and their attempts. */
public interface WebhookDeliveries {

    /** Stores a delivery in its first round; returns false if this endpoint has one of this event. */
    boolean add(UUID id, UUID webhookId, WebhookEvent event, Instant now);

    Optional<WebhookDelivery> find(UUID id);

    /** The deliveries of an endpoint with numbers below this one, the latest first. */
    List<WebhookDelivery> page(UUID webhookId, long before, int limit);

    /** The attempts of these deliveries, the oldest first. */
    Map<UUID, List<WebhookAttempt>> attempts(List<UUID> deliveryIds);

    /** Stores an attempt and the delivery's status after it, unless another round has begun or it is no longer pending. */
    void record(WebhookDelivery delivery, WebhookAttempt attempt, WebhookDelivery.Status status);

    /** Begins another round. */
    WebhookDelivery startRound(UUID id);

    /** Cancels the pending deliveries of an endpoint. */
    void cancelPending(UUID webhookId);

    void deleteOlderThan(Instant time);
}

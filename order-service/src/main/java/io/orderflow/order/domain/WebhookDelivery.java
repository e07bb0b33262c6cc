package io.orderflow.order.domain;

import java.time.Instant;
import java.util.UUID;

/**
 * One event for one endpoint.
 *
 * @param number counts the deliveries of all endpoints, with gaps
 * @param id the {@code webhook-id}, the same at every attempt
 * @param body the bytes of the request, in UTF-8
 * @param round 1, and one more at each redelivery; tasks of earlier rounds are obsolete
 */
public record WebhookDelivery(
        long number,
        UUID id,
        UUID webhookId,
        String eventType,
        String body,
        int round,
        Status status,
        Instant createdAt) {

    /** The states of a delivery. */
    public enum Status {
        PENDING,
        DELIVERED,
        /** All attempts failed, or the endpoint is gone. */
        FAILED,
        /** The endpoint was disabled before. */
        CANCELLED
    }

    public boolean isPendingIn(int ofTask) {
        return status == Status.PENDING && round == ofTask;
    }
}

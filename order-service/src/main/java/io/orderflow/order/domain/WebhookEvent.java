package io.orderflow.order.domain;

import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/**
 * An event that endpoints receive.
 *
 * @param id the same at every delivery
 * @param data JSON
 */
public record WebhookEvent(String id, String type, Instant time, String data) {

    /** The types that an endpoint can choose from. */
    public static final List<String> TYPES = List.of(
            OrderCreated.TYPE,
            OrderConfirmed.TYPE,
            OrderRejected.TYPE,
            OrderCancellationRequested.TYPE,
            OrderCancelled.TYPE,
            OrderShipped.TYPE);

    private static final String TEST_TYPE = "webhook.test.v1";

    /** An event that shows only that deliveries arrive. */
    public static WebhookEvent test(UUID webhookId, Instant now) {
        return new WebhookEvent(UUID.randomUUID().toString(), TEST_TYPE, now, "{\"webhookId\":\"" + webhookId + "\"}");
    }

    /** The body of the requests, as Standard Webhooks recommends it. */
    public String body() {
        return "{\"type\":\"" + type + "\",\"timestamp\":\"" + time + "\",\"data\":" + data + "}";
    }
}

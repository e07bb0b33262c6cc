package io.orderflow.events;

/**
 * A task: send a stored delivery to its webhook.
 *
 * @param round 1, and one more at each redelivery
 */
public record WebhookDeliveryRequested(String deliveryId, int round) {

    public static final String TYPE = "webhook.delivery-requested.v1";
}

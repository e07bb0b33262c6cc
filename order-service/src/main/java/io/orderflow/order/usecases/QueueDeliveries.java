package io.orderflow.order.usecases;

import io.orderflow.order.domain.Webhook;
import io.orderflow.order.domain.WebhookDeliveries;
import io.orderflow.order.domain.WebhookDelivery;
import io.orderflow.order.domain.WebhookEvent;
import io.orderflow.order.domain.WebhookTasks;
import io.orderflow.order.domain.Webhooks;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Creates one delivery of an event for each endpoint that receives its type, and queues a task for each. */
@Service
public class QueueDeliveries {

    private final Webhooks webhooks;
    private final ManageWebhooks manage;
    private final WebhookDeliveries deliveries;
    private final WebhookTasks tasks;
    private final InstantSource clock;

    QueueDeliveries(
            Webhooks webhooks,
            ManageWebhooks manage,
            WebhookDeliveries deliveries,
            WebhookTasks tasks,
            InstantSource clock) {
        this.webhooks = webhooks;
        this.manage = manage;
        this.deliveries = deliveries;
        this.tasks = tasks;
        this.clock = clock;
    }

    /** An event that was queued before is not queued again. */
    @Transactional
    public void queue(WebhookEvent event) {
        webhooks.receivingType(event.type()).forEach(webhookId -> queue(webhookId, event));
    }

    /** Queues an event that only tests the endpoint, whichever types it receives. */
    @Transactional
    public WebhookDelivery test(UUID webhookId) {
        requireEnabled(webhookId);
        return find(queue(webhookId, WebhookEvent.test(webhookId, clock.instant())));
    }

    /** Queues a delivery again, with all attempts. Attempts of the earlier rounds that are still scheduled are not made. */
    @Transactional
    public WebhookDelivery redeliver(UUID webhookId, UUID deliveryId) {
        requireEnabled(webhookId);
        deliveries
                .find(deliveryId)
                .filter(delivery -> delivery.webhookId().equals(webhookId))
                .orElseThrow(() -> new UnknownWebhookException("delivery", deliveryId));
        WebhookDelivery delivery = deliveries.startRound(deliveryId);
        tasks.deliver(deliveryId, delivery.round());
        return delivery;
    }

    private UUID queue(UUID webhookId, WebhookEvent event) {
        UUID id = UUID.randomUUID();
        if (deliveries.add(id, webhookId, event, clock.instant())) {
            tasks.deliver(id, 1);
        }
        return id;
    }

    private WebhookDelivery find(UUID id) {
        return deliveries.find(id).orElseThrow();
    }

    private void requireEnabled(UUID webhookId) {
        Webhook webhook = manage.find(webhookId);
        if (webhook.isDisabled()) {
            throw new WebhookConflictException("Webhook " + webhookId + " is disabled, because "
                    + webhook.disabledBecause() + ". Register it again.");
        }
    }
}

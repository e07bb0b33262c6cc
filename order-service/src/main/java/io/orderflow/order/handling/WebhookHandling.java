package io.orderflow.order.handling;

import io.orderflow.events.OrderCancellationRequested;
import io.orderflow.events.OrderCancelled;
import io.orderflow.events.OrderConfirmed;
import io.orderflow.events.OrderCreated;
import io.orderflow.events.OrderRejected;
import io.orderflow.events.OrderShipped;
import io.orderflow.events.Topics;
import io.orderflow.events.WebhookDeliveryRequested;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventHandler;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.PostponedException;
import io.orderflow.messaging.events.RetryAfterException;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.order.domain.WebhookEvent;
import io.orderflow.order.usecases.DeliverWebhook;
import io.orderflow.order.usecases.DeliverWebhook.Outcome;
import io.orderflow.order.usecases.QueueDeliveries;
import java.util.UUID;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reads this service's own events, so that webhooks cannot slow down or fail a change of an order, and queues a delivery for each
 * endpoint; the tasks of that queue send the requests.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(WebhookTaskProperties.class)
class WebhookHandling {

    static final String GROUP = "webhooks";

    @Bean
    EventSubscription webhookEvents(QueueDeliveries queue, JsonMapper json) {
        EventHandler<Record> handler = (event, context) -> queue.queue(
                new WebhookEvent(context.id(), context.type(), context.time(), json.writeValueAsString(event)));
        return EventSubscription.of(Topics.ORDERS, GROUP)
                .on(OrderCreated.class, OrderCreated.TYPE, handler::handle)
                .on(OrderConfirmed.class, OrderConfirmed.TYPE, handler::handle)
                .on(OrderRejected.class, OrderRejected.TYPE, handler::handle)
                .on(OrderCancellationRequested.class, OrderCancellationRequested.TYPE, handler::handle)
                .on(OrderCancelled.class, OrderCancelled.TYPE, handler::handle)
                .on(OrderShipped.class, OrderShipped.TYPE, handler::handle)
                .unitOfWork(UnitOfWork.POLL);
    }

    @Bean
    EventSubscription webhookDeliveries(DeliverWebhook webhook, WebhookTaskProperties properties) {
        int attempts = properties.retryDelays().size() + 1;
        return EventSubscription.of(Topics.WEBHOOK_DELIVERIES, GROUP)
                .on(
                        WebhookDeliveryRequested.class,
                        WebhookDeliveryRequested.TYPE,
                        (task, context) -> deliver(webhook, task, context, attempts))
                .retryingAfter(properties.retryDelays())
                .unitOfWork(UnitOfWork.SELF_MANAGED)
                .members(properties.workers())
                .maxPollMessages(1); // a slow request delays no other one
    }

    private static void deliver(
            DeliverWebhook webhook, WebhookDeliveryRequested task, EventContext context, int attempts)
            throws InterruptedException {
        Outcome outcome =
                webhook.deliver(UUID.fromString(task.deliveryId()), task.round(), context.attempt() >= attempts);
        if (outcome instanceof Outcome.Failed failed) {
            throw new RetryAfterException(failed.reason(), failed.retryAfter());
        }
        if (outcome instanceof Outcome.Postponed postponed) {
            throw new PostponedException(
                    "The endpoint of delivery " + task.deliveryId() + " is busy.", postponed.delay());
        }
    }
}

package io.orderflow.order.publishing;

import io.orderflow.events.Topics;
import io.orderflow.events.WebhookDeliveryRequested;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventType;
import io.orderflow.order.domain.WebhookTasks;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Publishes the tasks of webhook deliveries on their work queue. */
@Configuration(proxyBeanMethods = false)
class WebhookPublishing {

    @Bean
    EventType<WebhookDeliveryRequested> webhookDeliveryRequested() {
        return EventType.of(
                WebhookDeliveryRequested.class,
                WebhookDeliveryRequested.TYPE,
                Topics.WEBHOOK_DELIVERIES,
                WebhookDeliveryRequested::deliveryId);
    }

    @Bean
    WebhookTasks webhookTasks(EventPublisher publisher) {
        return (deliveryId, round) -> publisher.publish(new WebhookDeliveryRequested(deliveryId.toString(), round));
    }
}

package io.orderflow.order.web;

import io.orderflow.order.domain.WebhookAttempt;
import io.orderflow.order.domain.WebhookDelivery;
import io.orderflow.order.usecases.FindDeliveries;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A delivery of an event.
 *
 * @param id the {@code webhook-id} of its requests
 */
record WebhookDeliveryView(
        UUID id, String eventType, WebhookDelivery.Status status, Instant createdAt, List<AttemptView> attempts) {

    /**
     * A request.
     *
     * @param status of the response; absent if there was none
     * @param answer the beginning of the response's body, or why there was none
     */
    record AttemptView(
            Instant at, long tookMillis, @Nullable Integer status, String answer) {

        static AttemptView of(WebhookAttempt attempt) {
            return new AttemptView(attempt.at(), attempt.took().toMillis(), attempt.status(), attempt.answer());
        }
    }

    static WebhookDeliveryView of(FindDeliveries.Found found) {
        WebhookDelivery delivery = found.delivery();
        return new WebhookDeliveryView(
                delivery.id(),
                delivery.eventType(),
                delivery.status(),
                delivery.createdAt(),
                found.attempts().stream().map(AttemptView::of).toList());
    }
}

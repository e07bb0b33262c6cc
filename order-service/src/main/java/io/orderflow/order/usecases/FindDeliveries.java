package io.orderflow.order.usecases;

import io.orderflow.order.domain.WebhookAttempt;
import io.orderflow.order.domain.WebhookDeliveries;
import io.orderflow.order.domain.WebhookDelivery;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;

/** Shows deliveries with their attempts, for {@link #RETENTION}. */
@Service
public class FindDeliveries {

    public static final Duration RETENTION = Duration.ofDays(30);

    private static final String CLEANUP_INTERVAL = "PT1H";

    private final ManageWebhooks webhooks;
    private final WebhookDeliveries deliveries;
    private final InstantSource clock;

    FindDeliveries(ManageWebhooks webhooks, WebhookDeliveries deliveries, InstantSource clock) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.clock = clock;
    }

    /** A delivery and its attempts. */
    public record Found(WebhookDelivery delivery, List<WebhookAttempt> attempts) {}

    /**
     * The deliveries of a webhook with numbers below this one, the latest first.
     *
     * @throws UnknownWebhookException if there is no such webhook
     */
    public List<Found> page(UUID webhookId, long before, int limit) {
        webhooks.find(webhookId);
        return withAttempts(deliveries.page(webhookId, before, limit));
    }

    /** @throws UnknownWebhookException if this webhook has no such delivery */
    public Found find(UUID webhookId, UUID id) {
        return withAttempts(deliveries.find(id).stream()
                        .filter(delivery -> delivery.webhookId().equals(webhookId))
                        .toList())
                .stream()
                .findFirst()
                .orElseThrow(() -> new UnknownWebhookException("delivery", id));
    }

    @Scheduled(fixedDelayString = CLEANUP_INTERVAL, initialDelayString = CLEANUP_INTERVAL)
    public void deleteOld() {
        deliveries.deleteOlderThan(clock.instant().minus(RETENTION));
    }

    private List<Found> withAttempts(List<WebhookDelivery> found) {
        Map<UUID, List<WebhookAttempt>> attempts =
                deliveries.attempts(found.stream().map(WebhookDelivery::id).toList());
        return found.stream()
                .map(each -> new Found(each, attempts.getOrDefault(each.id(), List.of())))
                .toList();
    }
}

package io.orderflow.order.web;

import io.orderflow.order.domain.WebhookDelivery;
import io.orderflow.order.usecases.FindDeliveries;
import io.orderflow.order.usecases.QueueDeliveries;
import io.orderflow.service.Problem;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Shows what was sent to an endpoint, and sends again. */
@RestController
@RequestMapping("/webhooks/{id}")
class WebhookDeliveryController {

    static final int MAX_LIMIT = 100;

    /**
     * A page of deliveries, the latest first.
     *
     * @param next the cursor of the next page; absent on the last one
     */
    record Deliveries(
            List<WebhookDeliveryView> items, @Nullable String next) {}

    private final FindDeliveries deliveries;
    private final QueueDeliveries queue;

    WebhookDeliveryController(FindDeliveries deliveries, QueueDeliveries queue) {
        this.deliveries = deliveries;
        this.queue = queue;
    }

    @GetMapping("/deliveries")
    Deliveries list(
            @PathVariable UUID id,
            @RequestParam(required = false) @Nullable String after,
            @RequestParam(defaultValue = "20") @Min(1) @Max(MAX_LIMIT) int limit) {
        List<FindDeliveries.Found> found = deliveries.page(id, position(after), limit + 1);
        List<FindDeliveries.Found> items = found.subList(0, Math.min(limit, found.size()));
        String next = found.size() > limit
                ? Long.toString(items.get(limit - 1).delivery().number())
                : null;
        return new Deliveries(items.stream().map(WebhookDeliveryView::of).toList(), next);
    }

    @GetMapping("/deliveries/{deliveryId}")
    WebhookDeliveryView one(@PathVariable UUID id, @PathVariable UUID deliveryId) {
        return WebhookDeliveryView.of(deliveries.find(id, deliveryId));
    }

    /** Sends a test event, whatever types the endpoint receives. */
    @PostMapping("/test")
    ResponseEntity<WebhookDeliveryView> test(@PathVariable UUID id) {
        return accepted(queue.test(id));
    }

    /** Begins the attempts anew, with the same {@code webhook-id}. */
    @PostMapping("/deliveries/{deliveryId}/redelivery")
    ResponseEntity<WebhookDeliveryView> redeliver(@PathVariable UUID id, @PathVariable UUID deliveryId) {
        return accepted(queue.redeliver(id, deliveryId));
    }

    private ResponseEntity<WebhookDeliveryView> accepted(WebhookDelivery queued) {
        return ResponseEntity.accepted()
                .location(ServletUriComponentsBuilder.fromCurrentContextPath()
                        .path("/webhooks/{id}/deliveries/{deliveryId}")
                        .build(queued.webhookId(), queued.id()))
                .body(WebhookDeliveryView.of(deliveries.find(queued.webhookId(), queued.id())));
    }

    private static long position(@Nullable String cursor) {
        if (cursor == null) {
            return Long.MAX_VALUE;
        }
        if (!cursor.matches("\\d{1,18}")) {
            throw Problem.invalid("after", "is not a cursor that this API has returned");
        }
        return Long.parseLong(cursor);
    }
}

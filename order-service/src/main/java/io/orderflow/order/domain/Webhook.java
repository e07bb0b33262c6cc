package io.orderflow.order.domain;

import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * An endpoint that receives events of orders as HTTP requests.
 *
 * @param eventTypes the types of the events that it receives
 * @param disabledBecause why it receives nothing any more; null if it does
 */
public record Webhook(
        UUID id,
        URI url,
        List<String> eventTypes,
        WebhookSecrets secrets,
        @Nullable String disabledBecause,
        Instant createdAt) {

    public boolean isDisabled() {
        return disabledBecause != null;
    }
}

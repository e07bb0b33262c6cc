package io.orderflow.order.usecases;

import io.orderflow.order.domain.Webhook;
import io.orderflow.order.domain.WebhookEvent;
import io.orderflow.order.domain.WebhookSecrets;
import io.orderflow.order.domain.WebhookSender;
import io.orderflow.order.domain.Webhooks;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Registers, lists and deletes webhooks, and replaces their secrets. */
@Service
public class ManageWebhooks {

    /** For how long the secret before the current one signs too. */
    public static final Duration SECRET_GRACE = Duration.ofHours(24);

    /** Each event is sent to each of them. */
    static final int MOST = 100;

    private final Webhooks webhooks;
    private final WebhookSender sender;
    private final InstantSource clock;

    ManageWebhooks(Webhooks webhooks, WebhookSender sender, InstantSource clock) {
        this.webhooks = webhooks;
        this.sender = sender;
        this.clock = clock;
    }

    /** @throws InvalidWebhookException if no request may be sent to this URL, or a type is unknown */
    @Transactional
    public Webhook register(String url, List<String> eventTypes) {
        Webhook webhook =
                new Webhook(UUID.randomUUID(), allowed(url), known(eventTypes), WebhookSecrets.create(), null, now());
        if (webhooks.all().size() >= MOST) {
            throw new WebhookConflictException(
                    "There are " + MOST + " webhooks, and there may not be more. Delete one first.");
        }
        webhooks.add(webhook);
        return webhook;
    }

    public List<Webhook> all() {
        return webhooks.all();
    }

    /** @throws UnknownWebhookException if there is none with this id */
    public Webhook find(UUID id) {
        return webhooks.find(id).orElseThrow(() -> new UnknownWebhookException("webhook", id));
    }

    /** Its deliveries are deleted as well; one that is in flight may still arrive. */
    @Transactional
    public void delete(UUID id) {
        if (!webhooks.delete(id)) {
            throw new UnknownWebhookException("webhook", id);
        }
    }

    /** Replaces the secret; the replaced one signs too for {@link #SECRET_GRACE}, an earlier one no longer. */
    @Transactional
    public Webhook rotateSecret(UUID id) {
        return webhooks.rotateSecret(id, WebhookSecrets.random(), now().plus(SECRET_GRACE))
                .orElseThrow(() -> new UnknownWebhookException("webhook", id));
    }

    private Instant now() {
        return clock.instant();
    }

    private URI allowed(String text) {
        try {
            URI url = new URI(text);
            sender.requireAllowed(url);
            return url;
        } catch (URISyntaxException e) {
            throw new InvalidWebhookException("url", "is not a URL");
        } catch (IllegalArgumentException e) {
            throw new InvalidWebhookException("url", e.getMessage());
        }
    }

    private static List<String> known(List<String> types) {
        for (int i = 0; i < types.size(); i++) {
            if (!WebhookEvent.TYPES.contains(types.get(i))) {
                throw new InvalidWebhookException(
                        "eventTypes[" + i + "]", "must be one of " + String.join(", ", WebhookEvent.TYPES));
            }
        }
        return types.stream().distinct().toList();
    }
}

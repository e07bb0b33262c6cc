package io.orderflow.order.web;

import io.orderflow.order.domain.Webhook;
import io.orderflow.order.usecases.ManageWebhooks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotEmpty;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.support.ServletUriComponentsBuilder;

/** Registers endpoints that receive the events of orders. */
@RestController
@RequestMapping("/webhooks")
class WebhookController {

    /** The body of {@code POST /webhooks}. */
    record RegisterWebhookRequest(
            @NotNull String url, @NotEmpty @Size(max = 20) List<@NotNull String> eventTypes) {}

    /** @param disabledBecause why it receives nothing any more; absent if it does */
    record WebhookView(
            UUID id,
            String url,
            List<String> eventTypes,
            @Nullable String disabledBecause,
            Instant createdAt) {

        static WebhookView of(Webhook webhook) {
            return new WebhookView(
                    webhook.id(),
                    webhook.url().toString(),
                    webhook.eventTypes(),
                    webhook.disabledBecause(),
                    webhook.createdAt());
        }
    }

    /** The only responses with a secret. */
    record WebhookWithSecret(
            UUID id, String secret, @Nullable Instant previousSecretUntil) {

        static WebhookWithSecret of(Webhook webhook) {
            return new WebhookWithSecret(
                    webhook.id(), webhook.secrets().current(), webhook.secrets().previousUntil());
        }
    }

    /** All of them: there are at most 100. */
    record WebhookList(List<WebhookView> items) {}

    private final ManageWebhooks webhooks;

    WebhookController(ManageWebhooks webhooks) {
        this.webhooks = webhooks;
    }

    @PostMapping
    ResponseEntity<WebhookWithSecret> register(@Valid @RequestBody RegisterWebhookRequest request) {
        Webhook webhook = webhooks.register(request.url(), request.eventTypes());
        return ResponseEntity.created(ServletUriComponentsBuilder.fromCurrentContextPath()
                        .path("/webhooks/{id}")
                        .build(webhook.id()))
                .body(WebhookWithSecret.of(webhook));
    }

    @GetMapping
    WebhookList list() {
        return new WebhookList(webhooks.all().stream().map(WebhookView::of).toList());
    }

    @GetMapping("/{id}")
    WebhookView one(@PathVariable UUID id) {
        return WebhookView.of(webhooks.find(id));
    }

    @DeleteMapping("/{id}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void delete(@PathVariable UUID id) {
        webhooks.delete(id);
    }

    /** The replaced secret signs too for a day. */
    @PostMapping("/{id}/secret")
    WebhookWithSecret rotateSecret(@PathVariable UUID id) {
        return WebhookWithSecret.of(webhooks.rotateSecret(id));
    }
}

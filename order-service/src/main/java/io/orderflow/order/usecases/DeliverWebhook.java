package io.orderflow.order.usecases;

import io.orderflow.order.domain.Webhook;
import io.orderflow.order.domain.WebhookAttempt;
import io.orderflow.order.domain.WebhookDeliveries;
import io.orderflow.order.domain.WebhookDelivery;
import io.orderflow.order.domain.WebhookDelivery.Status;
import io.orderflow.order.domain.WebhookSender;
import io.orderflow.order.domain.Webhooks;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes one attempt of a delivery. The request is sent outside a transaction, and its result is stored afterwards: after a crash in
 * between the endpoint receives the same {@code webhook-id} again.
 */
@Service
public class DeliverWebhook {

    private static final Logger log = LoggerFactory.getLogger(DeliverWebhook.class);

    private static final String GONE = "the endpoint answered 410 (Gone)";

    private final Webhooks webhooks;
    private final WebhookDeliveries deliveries;
    private final WebhookSender sender;
    private final EndpointGates gates;
    private final TransactionOperations transactions;

    DeliverWebhook(
            Webhooks webhooks,
            WebhookDeliveries deliveries,
            WebhookSender sender,
            EndpointGates gates,
            TransactionOperations transactions) {
        this.webhooks = webhooks;
        this.deliveries = deliveries;
        this.sender = sender;
        this.gates = gates;
        this.transactions = transactions;
    }

    /** What is to be done with the task. */
    public sealed interface Outcome {

        /** Nothing. */
        record Done() implements Outcome {}

        /**
         * Another attempt, if there is one.
         *
         * @param retryAfter not before this time has passed
         */
        record Failed(String reason, Duration retryAfter) implements Outcome {}

        /** The same attempt later: the endpoint is busy, or did not answer recently. */
        record Postponed(Duration delay) implements Outcome {}
    }

    /** @param isLast whether there is no further attempt if this one fails */
    public Outcome deliver(UUID deliveryId, int round, boolean isLast) throws InterruptedException {
        Optional<WebhookDelivery> pending = deliveries.find(deliveryId).filter(each -> each.isPendingIn(round));
        Optional<Webhook> webhook = pending.flatMap(each -> webhooks.find(each.webhookId()));
        if (pending.isEmpty() || webhook.isEmpty()) {
            log.debug("Delivery {} is obsolete: delivered, queued again, cancelled or deleted.", deliveryId);
            return new Outcome.Done();
        }
        if (webhook.get().isDisabled()) { // while this delivery was being stored
            deliveries.cancelPending(webhook.get().id());
            return new Outcome.Done();
        }
        return deliver(webhook.get(), pending.get(), isLast);
    }

    private Outcome deliver(Webhook webhook, WebhookDelivery delivery, boolean isLast) throws InterruptedException {
        Optional<Duration> wait = gates.enter(webhook.id());
        if (wait.isPresent()) {
            return new Outcome.Postponed(wait.get());
        }
        WebhookAttempt attempt = null;
        try {
            attempt = sender.send(webhook, delivery);
        } finally {
            gates.leave(webhook.id(), attempt);
        }
        return record(webhook, delivery, attempt, isLast);
    }

    private Outcome record(Webhook webhook, WebhookDelivery delivery, WebhookAttempt attempt, boolean isLast) {
        Status status =
                attempt.isAccepted() ? Status.DELIVERED : isLast || attempt.isGone() ? Status.FAILED : Status.PENDING;
        transactions.executeWithoutResult(transaction -> {
            deliveries.record(delivery, attempt, status);
            if (attempt.isGone()) {
                webhooks.disable(webhook.id(), GONE);
                deliveries.cancelPending(webhook.id());
            }
        });
        if (attempt.isGone()) {
            log.info("Webhook {} is disabled, because {}.", webhook.id(), GONE);
        }
        return attempt.isAccepted() || attempt.isGone()
                ? new Outcome.Done()
                : new Outcome.Failed("Webhook " + webhook.id() + ": " + attempt, attempt.retryAfter());
    }
}

package io.orderflow.order.webhooks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.order.domain.Webhook;
import io.orderflow.order.domain.WebhookAttempt;
import io.orderflow.order.domain.WebhookDelivery;
import io.orderflow.order.domain.WebhookSender;
import java.io.IOException;
import java.net.URI;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.http.client.FilteredHostException;

/** Sends webhooks by Apache HttpClient. Each request ends within the configured time, however slowly the endpoint answers. */
class HttpWebhookSender implements WebhookSender {

    /** The part of a response's body that is read and stored. */
    static final int MAX_ANSWER = 1024;

    /** The same for a private address and an unknown name: callers do not learn what this network resolves. */
    private static final String NOT_RESOLVED = "The host name cannot be resolved to a public address.";

    private final CloseableHttpClient http;
    private final AllowedAddresses allowed;
    private final Duration timeout;
    private final InstantSource clock;

    HttpWebhookSender(CloseableHttpClient http, AllowedAddresses allowed, Duration timeout, InstantSource clock) {
        this.http = http;
        this.allowed = allowed;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public void requireAllowed(URI url) {
        allowed.requireAllowed(url);
    }

    @Override
    public WebhookAttempt send(Webhook webhook, WebhookDelivery delivery) {
        Instant at = clock.instant();
        long start = System.nanoTime();
        HttpPost request = request(webhook, delivery, at);
        CompletableFuture<Void> deadline = CompletableFuture.runAsync(
                request::cancel, CompletableFuture.delayedExecutor(timeout.toMillis(), TimeUnit.MILLISECONDS));
        try {
            ClassicHttpResponse response = http.executeOpen(null, request, null);
            String answer = beginning(response.getEntity());
            return new WebhookAttempt(at, since(start), response.getCode(), answer, retryAfter(response, at));
        } catch (IOException | FilteredHostException e) {
            Duration took = since(start);
            return new WebhookAttempt(at, took, null, describe(e, took), Duration.ZERO);
        } finally {
            deadline.cancel(false);
            request.cancel(); // closes the connection, instead of reading the rest of the response
        }
    }

    private static HttpPost request(Webhook webhook, WebhookDelivery delivery, Instant at) {
        String id = delivery.id().toString();
        long timestamp = at.getEpochSecond();
        HttpPost request = new HttpPost(webhook.url());
        request.setHeader("webhook-id", id);
        request.setHeader("webhook-timestamp", timestamp);
        request.setHeader(
                "webhook-signature",
                WebhookSignature.of(
                        id, timestamp, delivery.body(), webhook.secrets().validAt(at)));
        request.setEntity(new StringEntity(delivery.body(), ContentType.APPLICATION_JSON.withCharset(UTF_8)));
        return request;
    }

    /** Without U+0000, which the database cannot store. */
    private static String beginning(@Nullable HttpEntity entity) throws IOException {
        return entity == null
                ? ""
                : new String(entity.getContent().readNBytes(MAX_ANSWER), UTF_8).replace('\0', '\uFFFD');
    }

    private static Duration retryAfter(ClassicHttpResponse response, Instant now) {
        Header header = response.getFirstHeader(HttpHeaders.RETRY_AFTER);
        return RetryAfter.parse(header == null ? null : header.getValue(), now);
    }

    private String describe(Exception failure, Duration took) {
        if (failure instanceof FilteredHostException || failure instanceof UnknownHostException) {
            return NOT_RESOLVED;
        }
        return took.compareTo(timeout) >= 0
                ? "There was no complete response within " + timeout.toMillis() + " ms."
                : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    }

    private static Duration since(long start) {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}

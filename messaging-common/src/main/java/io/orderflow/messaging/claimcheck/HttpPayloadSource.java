package io.orderflow.messaging.claimcheck;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessagingException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Fetches payloads from their senders by HTTP. The address of a sender is configured and never taken from a message, so that a forged
 * message cannot direct a request, and the token in it, to another host.
 */
public final class HttpPayloadSource implements PayloadSource {

    private static final Duration TIMEOUT = Duration.ofSeconds(10);
    private static final Pattern REFERENCE = Pattern.compile(PayloadStore.PATH + "[0-9a-f-]{36}");
    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    private final Map<String, URI> senders;
    private final @Nullable String token;
    private final Duration timeout;
    private final HttpClient client =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build(); // follows no redirects

    /**
     * @param senders the addresses of senders, by their CloudEvents source without its leading slash
     * @param token sent as a bearer token; null if there is none
     */
    public HttpPayloadSource(Map<String, URI> senders, @Nullable String token) {
        this(senders, token, TIMEOUT);
    }

    HttpPayloadSource(Map<String, URI> senders, @Nullable String token, Duration timeout) {
        this.senders = Map.copyOf(senders);
        this.token = token;
        this.timeout = timeout;
    }

    @Override
    public byte[] fetch(Message<String, byte[]> message) throws InterruptedException {
        String reference = Objects.requireNonNullElse(message.header(Headers.DATA_REF), "");
        if (!REFERENCE.matcher(reference).matches()) {
            throw new NoPayloadException(
                    "the reference to its payload is malformed",
                    "The reference in the header " + Headers.DATA_REF + " is not " + PayloadStore.PATH
                            + " and a UUID.");
        }
        String sender =
                Objects.requireNonNullElse(message.header(Headers.SOURCE), "").replaceFirst("^/", "");
        URI address = senders.get(sender);
        if (address == null) {
            throw new NoPayloadException(
                    "the address of the sender of its payload is not configured",
                    "messaging.payloads.senders." + sender
                            + " is not set. Set it to the address of the application that"
                            + " published the message, and redrive the message.");
        }
        return fetch(URI.create(address.toString().replaceFirst("/$", "") + reference));
    }

    private byte[] fetch(URI address) throws InterruptedException {
        HttpResponse<byte[]> response = send(address);
        if (response.statusCode() == NOT_FOUND) {
            throw new NoPayloadException(
                    "its payload is gone",
                    "The sender has no payload at " + address + ". It was deleted at the end of its retention,"
                            + " messaging.payloads.retention of the sender. Discard the message.");
        }
        if (response.statusCode() != OK) {
            throw new MessagingException(
                    "The payload at " + address + " was not fetched: the sender answered with status "
                            + response.statusCode() + ". The message is retried.",
                    null);
        }
        return response.body();
    }

    /** The time-out includes the body; that of {@link HttpRequest} ends with the headers. */
    private HttpResponse<byte[]> send(URI address) throws InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address);
        if (token != null) {
            request.header("Authorization", "Bearer " + token);
        }
        Future<HttpResponse<byte[]>> response = client.sendAsync(request.build(), BodyHandlers.ofByteArray());
        try {
            return response.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw unavailable(address, e.getCause());
        } catch (TimeoutException e) {
            throw unavailable(address, e);
        } finally {
            response.cancel(true);
        }
    }

    private static MessagingException unavailable(URI address, Throwable cause) {
        return new MessagingException(
                "The payload at " + address + " was not fetched: the sender is unavailable. The message is retried.",
                cause);
    }
}

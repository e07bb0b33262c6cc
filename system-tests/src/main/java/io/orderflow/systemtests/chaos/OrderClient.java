package io.orderflow.systemtests.chaos;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of order-service with time-outs. When the outcome of a request is unknown, it is sent again to the next instance
 * with the same idempotency key. Safe for many threads.
 */
final class OrderClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY_TIMEOUT = Duration.ofMinutes(3);
    private static final long POLL_NANOS = 100_000_000;

    /** Status codes after which the request may still be carried out. */
    private static final Set<Integer> UNDECIDED = Set.of(408, 425, 429);

    private static final String IN_USE = "idempotency-key-in-use";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build();
    private final List<URI> instances;
    private final Counts counts;
    private final AtomicInteger turn = new AtomicInteger();

    OrderClient(List<URI> instances, Counts counts) {
        this.instances = instances;
        this.counts = counts;
    }

    /** @param id the id of the order, if it was accepted */
    record Answer(Optional<String> id) {}

    /** Empty if the outcome is unknown. */
    Optional<Answer> place(Purchase purchase) {
        return untilDecided(instance -> HttpRequest.newBuilder(instance.resolve("/orders"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", purchase.key())
                .POST(HttpRequest.BodyPublishers.ofString(purchase.body())));
    }

    /** Empty if the outcome is unknown. */
    Optional<Answer> cancel(String id) {
        return untilDecided(instance -> HttpRequest.newBuilder(instance.resolve("/orders/" + id + "/cancellation"))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    @FunctionalInterface
    private interface Request {
        HttpRequest.Builder at(URI instance);
    }

    private Optional<Answer> untilDecided(Request request) {
        long deadline = System.nanoTime() + RETRY_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            Optional<Answer> answer = once(request);
            if (answer.isPresent()) {
                return answer;
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Optional.empty();
    }

    private Optional<Answer> once(Request request) {
        URI instance = instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
        try {
            HttpResponse<String> response =
                    http.send(request.at(instance).timeout(READ_TIMEOUT).build(), HttpResponse.BodyHandlers.ofString());
            return decided(response.statusCode(), response.body());
        } catch (IOException unknown) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        } finally {
            counts.requests.incrementAndGet();
        }
    }

    private static Optional<Answer> decided(int status, String body) {
        if (status >= 500 || UNDECIDED.contains(status) || (status == 409 && body.contains(IN_USE))) {
            return Optional.empty();
        }
        return Optional.of(new Answer(
                status < 300 ? Optional.of(JSON.readTree(body).get("id").asString()) : Optional.empty()));
    }
}

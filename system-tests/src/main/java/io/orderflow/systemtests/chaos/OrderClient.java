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
 * Asks order-service as a careful client does: with a time-out, and whenever it cannot know what became of a request,
 * again, with the same key, at the next instance. Safe for many threads.
 */
final class OrderClient {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration CONNECTING = Duration.ofSeconds(2);
    private static final Duration ANSWERING = Duration.ofSeconds(5);
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final long BREATH_NANOS = 100_000_000;

    /** The key is in use, the request took too long, there are too many: it may still be done. */
    private static final Set<Integer> UNDECIDED = Set.of(408, 425, 429);

    private static final String IN_USE = "idempotency-key-in-use";

    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(CONNECTING).build();
    private final List<URI> instances;
    private final Counts counts;
    private final AtomicInteger turn = new AtomicInteger();

    OrderClient(List<URI> instances, Counts counts) {
        this.instances = instances;
        this.counts = counts;
    }

    /** @param id the order's, if it was accepted */
    record Answer(Optional<String> id) {}

    /** Empty if there never was a clear answer. */
    Optional<Answer> place(Purchase purchase) {
        return persistently(instance -> HttpRequest.newBuilder(instance.resolve("/orders"))
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", purchase.key())
                .POST(HttpRequest.BodyPublishers.ofString(purchase.body())));
    }

    /** Empty if there never was a clear answer. */
    Optional<Answer> cancel(String id) {
        return persistently(instance -> HttpRequest.newBuilder(instance.resolve("/orders/" + id + "/cancellation"))
                .POST(HttpRequest.BodyPublishers.noBody()));
    }

    @FunctionalInterface
    private interface Asking {
        HttpRequest.Builder at(URI instance);
    }

    private Optional<Answer> persistently(Asking asking) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < deadline && !Thread.currentThread().isInterrupted()) {
            Optional<Answer> answer = once(asking);
            if (answer.isPresent()) {
                return answer;
            }
            LockSupport.parkNanos(BREATH_NANOS);
        }
        return Optional.empty();
    }

    private Optional<Answer> once(Asking asking) {
        URI instance = instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
        try {
            HttpResponse<String> response =
                    http.send(asking.at(instance).timeout(ANSWERING).build(), HttpResponse.BodyHandlers.ofString());
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

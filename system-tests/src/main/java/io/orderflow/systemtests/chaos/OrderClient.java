package io.orderflow.systemtests.chaos;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URI;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.function.UnaryOperator;
import org.springframework.http.MediaType;
import org.springframework.http.client.JdkClientHttpRequestFactory;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import tools.jackson.databind.json.JsonMapper;

/**
 * A client of order-service with time-outs. When the outcome of a request is unknown, it is sent again to the next instance
 * with the same idempotency key. Safe for many threads.
 */
final class OrderClient {

    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(2);
    private static final Duration READ_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration RETRY_TIMEOUT = Duration.ofMinutes(3);
    private static final long POLL_NANOS = 100_000_000;

    /** Status codes after which the request may still be carried out. */
    private static final Set<Integer> UNDECIDED = Set.of(408, 425, 429);

    private static final String IN_USE = "idempotency-key-in-use";

    private final RestClient http;
    private final List<URI> instances;
    private final Counts counts;
    private final AtomicInteger turn = new AtomicInteger();

    OrderClient(List<URI> instances, Counts counts) {
        this.instances = instances;
        this.counts = counts;
        JdkClientHttpRequestFactory requests = new JdkClientHttpRequestFactory(
                HttpClient.newBuilder().connectTimeout(CONNECT_TIMEOUT).build());
        requests.setReadTimeout(READ_TIMEOUT);
        this.http = RestClient.builder().requestFactory(requests).build();
    }

    /** @param id the id of the order, if it was accepted */
    record Answer(Optional<String> id) {}

    /** Empty if the outcome is unknown. */
    Optional<Answer> place(Purchase purchase) {
        return untilDecided(
                "/orders",
                request -> request.contentType(MediaType.APPLICATION_JSON)
                        .header("Idempotency-Key", purchase.key())
                        .body(purchase.body()));
    }

    /** Empty if the outcome is unknown. */
    Optional<Answer> cancel(String id) {
        return untilDecided("/orders/" + id + "/cancellation", request -> request);
    }

    private Optional<Answer> untilDecided(String path, UnaryOperator<RestClient.RequestBodySpec> request) {
        long deadline = System.nanoTime() + RETRY_TIMEOUT.toNanos();
        while (System.nanoTime() < deadline) {
            URI instance = instances.get(Math.floorMod(turn.getAndIncrement(), instances.size()));
            try {
                Optional<Answer> answer = request.apply(http.post().uri(instance.resolve(path)))
                        .exchange((sent, response) -> decided(
                                response.getStatusCode().value(),
                                new String(response.getBody().readAllBytes(), UTF_8)));
                if (answer != null && answer.isPresent()) {
                    return answer;
                }
            } catch (ResourceAccessException unknown) {
                // the next instance may know
            } finally {
                counts.requests.incrementAndGet();
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
        return Optional.empty();
    }

    private static Optional<Answer> decided(int status, String body) {
        if (status >= 500 || UNDECIDED.contains(status) || (status == 409 && body.contains(IN_USE))) {
            return Optional.empty();
        }
        return Optional.of(new Answer(
                status < 300
                        ? Optional.of(
                                JsonMapper.shared().readTree(body).get("id").asString())
                        : Optional.empty()));
    }
}

package io.orderflow.order.usecases;

import io.orderflow.order.usecases.StoredResponses.Entry;
import io.orderflow.order.usecases.StoredResponses.Response;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Executes a request once per idempotency key, and returns the stored response when it is repeated within {@link #RETENTION}.
 * The response is stored in the transaction of the request: both are committed, or neither.
 */
@Service
public class IdempotencyKeys {

    public static final Duration RETENTION = Duration.ofHours(24);

    private static final String CLEANUP_INTERVAL = "PT1H";

    private final StoredResponses responses;
    private final InstantSource clock;

    IdempotencyKeys(StoredResponses responses, InstantSource clock) {
        this.responses = responses;
        this.clock = clock;
    }

    /**
     * Executes the request, or returns its stored response.
     *
     * @throws RequestInProgressException if a request with this key is being executed
     * @throws IdempotencyKeyReusedException if another request was executed with this key
     */
    @Transactional
    public Response execute(String key, String fingerprint, Supplier<Response> request) {
        if (!responses.tryLock(key)) {
            throw new RequestInProgressException();
        }
        return responses
                .find(key)
                .filter(entry -> entry.storedAt().isAfter(clock.instant().minus(RETENTION)))
                .map(entry -> repeat(entry, fingerprint))
                .orElseGet(() -> {
                    Response response = request.get();
                    responses.save(new Entry(key, fingerprint, response, clock.instant()));
                    return response;
                });
    }

    @Scheduled(fixedDelayString = CLEANUP_INTERVAL, initialDelayString = CLEANUP_INTERVAL)
    public void deleteExpired() {
        responses.deleteOlderThan(clock.instant().minus(RETENTION));
    }

    private static Response repeat(Entry entry, String fingerprint) {
        if (!entry.fingerprint().equals(fingerprint)) {
            throw new IdempotencyKeyReusedException();
        }
        return entry.response();
    }
}

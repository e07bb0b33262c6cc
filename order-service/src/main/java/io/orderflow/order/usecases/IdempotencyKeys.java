package io.orderflow.order.usecases;

import io.orderflow.order.usecases.StoredResponses.Entry;
import io.orderflow.order.usecases.StoredResponses.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionStatus;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Executes a request once per idempotency key, and returns the stored response when it is repeated. The response is stored in the
 * transaction of the request: both are committed, or neither, whenever the process crashes. A failed request stores nothing, so that it
 * can be repeated with the same key.
 */
@Service
@EnableConfigurationProperties(IdempotencyProperties.class)
public class IdempotencyKeys {

    private static final String CLEANUP_INTERVAL = "PT1H";

    private final StoredResponses responses;
    private final TransactionTemplate transaction;
    private final InstantSource clock;
    private final IdempotencyProperties properties;

    IdempotencyKeys(
            StoredResponses responses,
            PlatformTransactionManager transactions,
            InstantSource clock,
            IdempotencyProperties properties) {
        this.responses = responses;
        this.transaction = new TransactionTemplate(transactions);
        this.clock = clock;
        this.properties = properties;
    }

    /**
     * Executes the request, or returns its stored response.
     *
     * @throws RequestInProgressException if a request with this key is being executed
     * @throws IdempotencyKeyReusedException if another request was executed with this key
     */
    public Response execute(String key, String fingerprint, Supplier<Response> request) {
        return Objects.requireNonNull(transaction.execute(status -> {
            if (!responses.tryLock(key)) {
                throw new RequestInProgressException();
            }
            return executeLocked(key, fingerprint, request, status);
        }));
    }

    /**
     * The same for a request that changes nothing: it is executed outside of a transaction. Of requests at the same time, all are executed,
     * and get the response that is stored first.
     */
    public Response executeWithoutEffect(String key, String fingerprint, Supplier<Response> request) {
        return stored(key, fingerprint).orElseGet(() -> {
            Response response = request.get();
            return Objects.requireNonNull(transaction.execute(status -> {
                responses.lock(key); // others have it only while they store their response
                return executeLocked(key, fingerprint, () -> response, status);
            }));
        });
    }

    private Response executeLocked(
            String key, String fingerprint, Supplier<Response> request, TransactionStatus status) {
        return stored(key, fingerprint).orElseGet(() -> {
            Response response = request.get();
            if (response.isFailure()) {
                status.setRollbackOnly();
            } else {
                responses.save(new Entry(key, fingerprint, response, clock.instant()));
            }
            return response;
        });
    }

    private Optional<Response> stored(String key, String fingerprint) {
        return responses
                .find(key)
                .filter(entry -> !entry.storedAt().isBefore(oldest()))
                .map(entry -> {
                    if (entry.isOfAnotherRequest(fingerprint)) {
                        throw new IdempotencyKeyReusedException();
                    }
                    return entry.response();
                });
    }

    @Scheduled(fixedDelayString = CLEANUP_INTERVAL, initialDelayString = CLEANUP_INTERVAL)
    public void deleteExpired() {
        responses.deleteOlderThan(oldest());
    }

    private Instant oldest() {
        return clock.instant().minus(properties.retention());
    }
}

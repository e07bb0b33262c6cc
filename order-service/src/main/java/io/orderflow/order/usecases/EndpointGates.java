package io.orderflow.order.usecases;

import io.orderflow.order.domain.WebhookAttempt;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Keeps endpoints from delaying one another: this instance sends one request at a time to an endpoint, and none for a while to one
 * that did not answer or asked to wait. A slow endpoint so occupies one worker at most, and the less the longer it takes.
 */
@Component
class EndpointGates {

    /** How long a worker waits for another worker's request to the same endpoint. */
    static final Duration PATIENCE = Duration.ofMillis(100);

    static final Duration BUSY_DELAY = Duration.ofSeconds(1);

    /** An endpoint that did not answer rests for this multiple of the time for which it was awaited. */
    static final int REST = 2;

    private static final class Gate {

        final Semaphore single = new Semaphore(1);
        volatile Instant closedUntil = Instant.MIN;
    }

    private final Map<UUID, Gate> gates = new ConcurrentHashMap<>();
    private final InstantSource clock;

    EndpointGates(InstantSource clock) {
        this.clock = clock;
    }

    /** Admits a request, to be followed by {@link #leave}; or returns the time after which to try again. */
    Optional<Duration> enter(UUID webhookId) throws InterruptedException {
        Gate gate = gates.computeIfAbsent(webhookId, id -> new Gate());
        Instant now = clock.instant();
        if (now.isBefore(gate.closedUntil)) {
            return Optional.of(varied(Duration.between(now, gate.closedUntil)));
        }
        return gate.single.tryAcquire(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)
                ? Optional.empty()
                : Optional.of(varied(BUSY_DELAY));
    }

    /** @param attempt the result of the request; null if there was none */
    void leave(UUID webhookId, @Nullable WebhookAttempt attempt) {
        Gate gate = gates.get(webhookId);
        if (attempt != null) {
            Duration rest = attempt.status() == null ? attempt.took().multipliedBy(REST) : Duration.ZERO;
            Duration longer = rest.compareTo(attempt.retryAfter()) < 0 ? attempt.retryAfter() : rest;
            gate.closedUntil = clock.instant().plus(longer);
        }
        gate.single.release();
    }

    /** Up to twice as long, so that not all deliveries of an endpoint return at once. */
    private static Duration varied(Duration delay) {
        return delay.plusMillis(ThreadLocalRandom.current().nextLong(delay.toMillis() + 1));
    }
}

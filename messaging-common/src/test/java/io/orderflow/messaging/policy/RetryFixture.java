package io.orderflow.messaging.policy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Retries and dead letters of one subscription, with a clock that only pauses move. */
abstract class RetryFixture {

    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final byte[] BYTES = "{\"orderId\":\"o1\"}".getBytes(StandardCharsets.UTF_8);

    static final RetryPolicy POLICY = new RetryPolicy(
            3,
            new Backoff(Duration.ofSeconds(1), Duration.ofMinutes(1), 0),
            Duration.ofMinutes(1),
            List.of(),
            List.of());

    final Subscription subscription = new Subscription("orders", "inventory", 1, ConsumerOptions.defaults());
    final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    final RecordingRecoverer recovered = new RecordingRecoverer();
    final List<Duration> slept = new ArrayList<>();
    final List<Delivery<String, byte[]>> seen = new ArrayList<>();
    Instant now = NOW;
    final Circuits circuits =
            new Circuits(subscription, new OperatorPauses(), each -> "order.created.v1", () -> now, () -> 0.5);
    int stopAfter = Integer.MAX_VALUE;

    void handle(Delivery<String, byte[]> delivery, MessageHandler handler) throws Exception {
        handle(delivery, handler, POLICY);
    }

    void handle(Delivery<String, byte[]> delivery, MessageHandler handler, RetryPolicy policy) throws Exception {
        HandlingMetrics metrics = new HandlingMetrics(registry, subscription);
        Recovery recovery = new Recovery(subscription, recovered, metrics, () -> now);
        HandlerMiddleware.chain(List.of(metrics, new Retrying(policy, circuits, recovery, this::sleep)), handler)
                .handle(delivery);
    }

    void sleep(Duration pause) throws InterruptedException {
        slept.add(pause);
        now = now.plus(pause);
        if (slept.size() > stopAfter) {
            throw new InterruptedException("stopped");
        }
    }

    MessageHandler failingForAMinute(Exception failure) {
        MessageHandler failing = failing(failure);
        return delivery -> {
            return now.isBefore(NOW.plus(Duration.ofMinutes(1))) ? failing.handle(delivery) : HandlerResult.HANDLED;
        };
    }

    double count(String name) {
        return registry.counter(name, "topic", "orders", "group", "inventory").count();
    }

    HandlerResult see(Delivery<String, byte[]> delivery) {
        seen.add(delivery);
        return HandlerResult.HANDLED;
    }

    MessageHandler failing(Throwable failure) {
        return delivery -> {
            seen.add(delivery);
            if (failure instanceof Error error) {
                throw error;
            }
            throw (Exception) failure;
        };
    }

    static Delivery<String, byte[]> delivery(String topic, Map<String, String> headers) {
        return new Delivery<>(topic, new Message<>("o1", BYTES, headers, NOW), topic + "@1");
    }

    static final class RecordingRecoverer implements MessageRecoverer {

        record Sent(String topic, Message<String, byte[]> message, Duration delay) {}

        final List<Sent> later = new ArrayList<>();
        final List<Sent> deadLetters = new ArrayList<>();
        RuntimeException deadLetterFailure;
        boolean canDelay = true;

        @Override
        public boolean later(String topic, Message<String, byte[]> message, Duration delay) {
            return canDelay && later.add(new Sent(topic, message, delay));
        }

        @Override
        public void deadLetter(String topic, Message<String, byte[]> message) {
            if (deadLetterFailure != null) {
                throw deadLetterFailure;
            }
            deadLetters.add(new Sent(topic, message, Duration.ZERO));
        }
    }
}

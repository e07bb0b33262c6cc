package io.orderflow.messaging.request;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.codec.JsonCodec;
import io.orderflow.messaging.codec.UndecodableException;
import io.orderflow.messaging.events.EventWriter;
import io.orderflow.messaging.events.SuppressedPublishing;
import io.orderflow.messaging.handling.BatchHandler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The requests of this instance that wait for a reply, and the handler of the replies addressed to it. A reply that no request
 * waits for is counted and dropped: it is late, a duplicate, or nobody asked for it.
 */
public final class PendingRequests implements Requests, BatchHandler {

    private record Pending<R>(JsonCodec<R> codec, CompletableFuture<R> reply) {

        void complete(Message<String, byte[]> message) {
            byte[] bytes = message.value() == null ? new byte[0] : message.value();
            try {
                if (Problem.TYPE.equals(message.header(Headers.TYPE))) {
                    reply.completeExceptionally(new RequestFailedException(PROBLEMS.decode(bytes)));
                } else {
                    reply.complete(codec.decode(bytes));
                }
            } catch (UndecodableException e) {
                reply.completeExceptionally(e);
            }
        }
    }

    private static final JsonCodec<Problem> PROBLEMS = JsonCodec.of(Problem.class);

    private final EventWriter writer;
    private final MessageProducer<String, byte[]> producer;
    private final ReplyAddress address;
    private final InstantSource clock;
    private final ReplyMetrics metrics;
    private final Map<String, Pending<?>> pending = new ConcurrentHashMap<>();

    /** @param address where the replies to this instance go */
    public PendingRequests(
            EventWriter writer,
            MessageProducer<String, byte[]> producer,
            ReplyAddress address,
            InstantSource clock,
            MeterRegistry registry) {
        this.writer = writer;
        this.producer = producer;
        this.address = address;
        this.clock = clock;
        this.metrics = new ReplyMetrics(registry, pending);
    }

    @Override
    public <R> CompletableFuture<R> send(Object request, Class<R> reply, Duration timeout) {
        EventWriter.Addressed written = writer.write(request);
        if (SuppressedPublishing.isActive()) {
            throw new RequestInReplayException(
                    "A request to '" + written.topic() + "' was not sent, because the handler gets a"
                            + " replayed event; do not declare a subscription replayable whose handlers send requests.");
        }
        String id =
                UUID.randomUUID().toString(); // from a secure source: a reply cannot be forged without having seen it
        Message<String, byte[]> message = written.message()
                .withHeaders(Map.of(
                        Headers.ID, id,
                        Headers.REPLY_TO, address.topic(),
                        Headers.REPLY_ADDRESS, address.instance(),
                        Headers.EXPIRES_AT, clock.instant().plus(timeout).toString()));
        CompletableFuture<R> result = new CompletableFuture<>();
        pending.put(id, new Pending<>(JsonCodec.of(reply), result));
        try {
            producer.send(Topic.named(written.topic()), message);
        } catch (RuntimeException e) {
            pending.remove(id);
            throw e;
        }
        return result.orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS).handle((value, failure) -> {
            boolean late = failure instanceof TimeoutException;
            pending.remove(id);
            metrics.finished(id, late);
            if (failure != null) {
                throw new CompletionException(
                        late ? new RequestTimeoutException(id, written.topic(), timeout) : failure);
            }
            return value;
        });
    }

    @Override
    public void handle(List<Delivery<String, byte[]>> replies) {
        for (Delivery<String, byte[]> each : replies) {
            String request = each.message().header(Headers.CORRELATION_ID);
            Pending<?> waiting = request == null ? null : pending.remove(request);
            if (waiting == null) {
                metrics.dropped(request);
            } else {
                metrics.received();
                waiting.complete(each.message());
            }
        }
    }
}

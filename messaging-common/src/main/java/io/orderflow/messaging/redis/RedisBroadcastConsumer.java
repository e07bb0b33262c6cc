package io.orderflow.messaging.redis;

import io.lettuce.core.RedisException;
import io.lettuce.core.pubsub.RedisPubSubAdapter;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.adapter.BroadcastBuffer;
import io.orderflow.messaging.adapter.StructuredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** Subscribes to channels of Pub/Sub. A connection that is lost, or on which a PING has no answer, makes {@link #poll} throw. */
final class RedisBroadcastConsumer implements MessageConsumer<String, byte[]> {

    /** Pub/Sub is silent by nature, so that a server that is gone has to be detected. */
    private static final Duration PING_EVERY = Duration.ofSeconds(5);

    private final BroadcastBuffer buffer = new BroadcastBuffer();
    private final Connections connections;
    private final Duration timeout;
    private final ConsumerOptions options;
    private @Nullable StatefulRedisPubSubConnection<String, byte[]> connection;
    private long heardAt;

    RedisBroadcastConsumer(Connections connections, Duration timeout, ConsumerOptions options) {
        this.connections = connections;
        this.timeout = timeout;
        this.options = options;
    }

    @Override
    public void subscribe(List<Topic> topics) {
        try {
            connection = connections.connectPubSub();
            connection.addListener(new RedisPubSubAdapter<>() {
                @Override
                public void message(String channel, byte[] message) {
                    String topic = RedisTopic.nameOf(channel);
                    buffer.add(new Delivery<>(topic, StructuredEvent.decode(message, Instant.now()), channel));
                }
            });
        } catch (RedisException e) {
            throw RedisFailures.of("Connecting to Redis for broadcasts", e);
        }
        await(
                connection
                        .async()
                        .subscribe(topics.stream()
                                .map(each -> new RedisTopic(each).channel(options.address()))
                                .toArray(String[]::new)),
                "Subscribing");
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration wait) {
        StatefulRedisPubSubConnection<String, byte[]> open = connection;
        if (open == null || !open.isOpen()) {
            throw new MessagingException("The connection for broadcasts of Redis is closed. Open another one.", null);
        }
        List<Delivery<String, byte[]>> polled = buffer.poll(wait, options.maxPollMessages());
        if (!polled.isEmpty()) {
            heardAt = System.nanoTime();
        } else if (System.nanoTime() - heardAt > PING_EVERY.toNanos()) {
            await(open.async().ping(), "Sending PING");
        }
        return polled;
    }

    private void await(Future<?> reply, String action) {
        try {
            reply.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
            heardAt = System.nanoTime();
        } catch (ExecutionException e) {
            throw RedisFailures.of(action, e.getCause());
        } catch (TimeoutException e) {
            throw new MessagingException(
                    action + " failed: Redis did not answer within " + timeout.toMillis() + " ms.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException(action + " was interrupted.", e);
        }
    }

    @Override
    public void commit() {}

    @Override
    public void close() {
        if (connection != null) {
            connection.closeAsync();
        }
    }
}

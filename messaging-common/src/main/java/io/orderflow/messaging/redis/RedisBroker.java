package io.orderflow.messaging.redis;

import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageHistory;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.MessagingPattern;
import io.orderflow.messaging.NoHistoryException;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Support;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * Redis Streams, for Redis 6.2 and newer. A group is a consumer group. A work queue is one stream; a keyed topic is a stream
 * per partition, {@code orders}, {@code orders:1} and so on, and each partition has one owner among a group's members, so
 * that each key stays in order. One server, alone or with Sentinel; not Redis Cluster.
 *
 * <p>Other producers may add to {@code orders}, the first partition. To keep their messages in order with ours they choose
 * the partition by {@link io.orderflow.messaging.KeyPartition}. Other consumers must not read with our groups: a consumer
 * without a lease counts as dead.
 *
 * <p>Accepted messages are as durable as the server is configured: {@code appendonly yes}, {@code appendfsync always} (or
 * {@code everysec}, where a send waits up to a second) and {@code maxmemory-policy noeviction}. Missing settings are logged.
 * Sentinel may promote a replica that lacks accepted messages, see {@link RedisMessagingProperties#replicas()}.
 *
 * <p>Broadcasts are published to the Pub/Sub channel with the topic's name, as CloudEvents in JSON.
 *
 * <p>Messages that every group has acknowledged are deleted once the topic's retention, if it has one, has passed. A new group
 * receives what is left.
 *
 * <p>The partitions of a member that crashed get a new owner after {@link ConsumerOptions#memberTimeout()}, which begins with
 * the pending entries. A member that was suspended for longer cannot commit; what it was handling may be handled twice.
 */
public final class RedisBroker implements MessageBroker {

    /** Redis accepts up to 512 MB, but a message of that size would block all other clients. */
    private static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    static final BrokerTraits TRAITS = new BrokerTraits(
                    "redis", true, true, true, BrokerLimits.ofMessageBytes(MAX_MESSAGE_BYTES))
            .with(MessagingPattern.PUBLISH_SUBSCRIBE, Support.NATIVE)
            .with(MessagingPattern.ROUTING, Support.EMULATED)
            .with(MessagingPattern.WORK_QUEUE, Support.NATIVE)
            .with(MessagingPattern.BROADCAST, Support.NATIVE)
            .with(MessagingPattern.REQUEST_REPLY, Support.NATIVE)
            .with(MessagingPattern.STREAM_PROCESSING, Support.EMULATED)
            .with(MessagingPattern.REPLAY, Support.NATIVE);

    private final Connections connections;
    private final RedisMessagingProperties properties;
    private final Link control;
    private final Durability durability;
    private final ScheduledExecutorService scheduler;

    /** @param application states where and how to connect; its connections are not used, and it stays the caller's */
    public RedisBroker(LettuceConnectionFactory application, RedisMessagingProperties properties) {
        this.properties = properties;
        connections = new Connections(application, properties.timeout());
        control = newLink();
        durability = new Durability(properties);
        CustomizableThreadFactory threads = new CustomizableThreadFactory("messaging-redis-");
        threads.setDaemon(true);
        scheduler = Executors.newSingleThreadScheduledExecutor(threads);
    }

    @Override
    public BrokerTraits traits() {
        return TRAITS;
    }

    @Override
    public void declare(Topic topic, String... groups) {
        if (!topic.isBroadcast()) { // a channel of Pub/Sub needs no declaration
            new RedisTopic(topic).declare(control, StartPosition.EARLIEST, groups);
        }
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        return new RedisProducer(newLink(), control, durability);
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        Membership membership = new Membership(group, options, control, scheduler);
        return new RedisConsumer(options, newLink(), control, membership, properties.trim());
    }

    @Override
    public MessageConsumer<String, byte[]> broadcastConsumer(ConsumerOptions options) {
        return new RedisBroadcastConsumer(connections, properties.timeout(), options);
    }

    @Override
    public MessageHistory history(Topic topic, HistoryStart start, ConsumerOptions options) {
        RedisTopic keys = new RedisTopic(topic);
        if (properties.trim() && !keys.keepsHistory(control)) {
            throw new NoHistoryException("Redis keeps no message of topic '" + topic.name()
                    + "' that every group has read. Set messaging.topics." + topic.name()
                    + ".retention where it is published; messages are then kept from now on, in Redis' memory.");
        }
        return new RedisHistory(newLink(), keys, start, options.maxPollMessages());
    }

    @Override
    public ConsumerGroups groups() {
        return new RedisGroups(control);
    }

    @Override
    public void ping(Duration timeout) {
        try {
            CompletableFuture.supplyAsync(
                            () -> control.ask("Sending PING", c -> c.async().ping()), scheduler)
                    .orTimeout(timeout.toNanos(), TimeUnit.NANOSECONDS)
                    .join();
        } catch (CompletionException e) {
            throw e.getCause() instanceof MessagingException failure
                    ? failure
                    : new MessagingException(
                            "Redis did not answer within " + timeout.toMillis() + " ms.", e.getCause());
        }
    }

    private Link newLink() {
        return new Link(connections, properties.timeout());
    }

    @Override
    public void close() {
        scheduler.shutdownNow();
        control.close();
        connections.close();
    }
}

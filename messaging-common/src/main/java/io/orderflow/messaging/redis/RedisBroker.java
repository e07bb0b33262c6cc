package io.orderflow.messaging.redis;

import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.BrokerTraits;
import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Redis Streams, from Redis 6.2 on. A group is a consumer group; a work queue is a stream of the topic's name, and a keyed
 * topic is a stream for each partition: {@code orders}, {@code orders:1} and so on. Each partition has one owner among a
 * group's members, so that each key stays in order. How many partitions there are is recorded beside the streams. One
 * server, alone or watched by Sentinel; not a Redis Cluster.
 *
 * <p>A producer that knows nothing of this may add to {@code orders}, the first partition; one that wants its messages in
 * order with ours computes the partition, see {@link io.orderflow.messaging.KeyPartition}.
 *
 * <p>What is accepted is as durable as the server is configured to be: {@code appendonly yes} and
 * {@code appendfsync always} (or {@code everysec}, at the price of sends that take up to a second), and
 * {@code maxmemory-policy noeviction}. A warning says what is missing. Sentinel may promote a replica that lacks accepted
 * messages, see {@link RedisMessagingProperties#replicas()}.
 *
 * <p>Messages that every group has acknowledged are deleted. A group declared later sees what is left, and everything from
 * then on. Only this library may read for its groups: a consumer without a lease of ours counts as dead.
 *
 * <p>After a crash of a member its partitions have a new owner {@link ConsumerOptions#memberTimeout()} later, which begins
 * with what was pending; of a work queue, other members go on with newer messages meanwhile. Members that come or go are
 * noticed within a second. A member that was frozen and is taken for dead can commit nothing afterwards, but what it was
 * handling it may still handle, while the new owner does.
 */
public final class RedisBroker implements MessageBroker {

    /** Redis would take up to 512 MB; a message that large would keep everybody else waiting. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private static final BrokerTraits TRAITS =
            new BrokerTraits("redis", true, true, true, BrokerLimits.ofMessageBytes(MAX_MESSAGE_BYTES));

    private final Connections connections;
    private final RedisMessagingProperties properties;
    private final Link control;
    private final Topics topics;
    private final Trimming trimming;
    private final Durability durability;
    private final ScheduledThreadPoolExecutor scheduler;

    /** @param application where and how to connect; its connections are not used, and it stays the caller's */
    public RedisBroker(LettuceConnectionFactory application, RedisMessagingProperties properties) {
        this.properties = properties;
        connections = new Connections(application, properties.timeout());
        control = newLink();
        topics = new Topics(control);
        durability = new Durability(properties);
        scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "messaging-redis");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        trimming = new Trimming(control, scheduler);
        if (properties.trim()) {
            trimming.start();
        }
    }

    @Override
    public BrokerTraits traits() {
        return TRAITS;
    }

    @Override
    public void declare(Topic topic, String... groups) {
        topics.declare(topic, groups);
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        return new RedisProducer(newLink(), topics, durability);
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        Membership membership = new Membership(group, options, control, scheduler);
        return new RedisConsumer(options, newLink(), membership, new Assignment(membership, topics, trimming));
    }

    @Override
    public ConsumerGroups groups() {
        return new RedisGroups(control);
    }

    @Override
    public void ping(Duration timeout) {
        Future<String> answer = scheduler.submit(() ->
                control.ask("Asking Redis for a sign of life", c -> c.async().ping()));
        try {
            answer.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            answer.cancel(false); // connecting goes on, for the next time
            throw new MessagingException("Redis did not answer within " + timeout.toMillis() + " ms.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Waiting for a sign of life of Redis was interrupted.", e);
        } catch (ExecutionException e) {
            throw new MessagingException(String.valueOf(e.getCause().getMessage()), e.getCause());
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

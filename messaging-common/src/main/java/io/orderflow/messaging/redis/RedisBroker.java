package io.orderflow.messaging.redis;

import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.orderflow.messaging.BrokerTraits;
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
 * Redis Streams, from Redis 6.2 on: a topic is a stream of its name, a group is a consumer group of it. One server, alone
 * or watched by Sentinel; not a Redis Cluster.
 *
 * <p>What is accepted is as durable as the server is configured to be: {@code appendonly yes} and
 * {@code appendfsync always} (or {@code everysec}, at the price of sends that take up to a second), and
 * {@code maxmemory-policy noeviction}. A warning says what is missing. Sentinel may promote a replica that lacks accepted
 * messages, see {@link RedisMessagingProperties#replicas()}.
 *
 * <p>Messages that every group has acknowledged are deleted. A group declared later sees what is left, and everything from
 * then on. Only this library may read for its groups: a consumer without a lease of ours counts as dead.
 *
 * <p>After a crash the entries of the dead member come up to {@link ConsumerOptions#memberTimeout()} late, and other
 * members go on with newer ones meanwhile.
 */
public final class RedisBroker implements MessageBroker {

    /** Redis would take up to 512 MB; a message that large would keep everybody else waiting. */
    static final int MAX_MESSAGE_BYTES = 16 * 1024 * 1024;

    private static final BrokerTraits TRAITS = new BrokerTraits("redis", true, false, true, MAX_MESSAGE_BYTES);
    private static final Duration BETWEEN_TRIMS = Duration.ofSeconds(2);

    private final Connections connections;
    private final RedisMessagingProperties properties;
    private final Link control;
    private final Trimming trimming;
    private final Durability durability;
    private final ScheduledThreadPoolExecutor scheduler;

    /** @param application where and how to connect; its connections are not used, and it stays the caller's */
    public RedisBroker(LettuceConnectionFactory application, RedisMessagingProperties properties) {
        this.properties = properties;
        connections = new Connections(application, properties.timeout());
        control = newLink();
        trimming = new Trimming(control);
        durability = new Durability(properties);
        scheduler = new ScheduledThreadPoolExecutor(1, task -> {
            Thread thread = new Thread(task, "messaging-redis");
            thread.setDaemon(true);
            return thread;
        });
        scheduler.setRemoveOnCancelPolicy(true);
        if (properties.trim()) {
            scheduler.scheduleWithFixedDelay(
                    trimming, BETWEEN_TRIMS.toMillis(), BETWEEN_TRIMS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @Override
    public BrokerTraits traits() {
        return TRAITS;
    }

    @Override
    public void declare(Topic topic, String... groups) {
        for (String group : groups) {
            declare(control, topic.name(), group);
        }
    }

    static void declare(Link link, String topic, String group) {
        try {
            link.ask(
                    "Declaring group " + group + " of topic " + topic,
                    c -> c.async()
                            .xgroupCreate(StreamOffset.from(topic, "0"), group, XGroupCreateArgs.Builder.mkstream()));
        } catch (MessagingException e) {
            if (!Link.saysAnyOf(e, "BUSYGROUP")) {
                throw e;
            }
        }
    }

    @Override
    public MessageProducer<String, byte[]> producer() {
        return new RedisProducer(newLink(), durability);
    }

    @Override
    public MessageConsumer<String, byte[]> consumer(String group, ConsumerOptions options) {
        Membership membership = new Membership(group, options, control, scheduler);
        return new RedisConsumer(group, options, newLink(), membership, trimming);
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

package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import io.orderflow.messaging.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.AmqpException;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory.CacheMode;
import org.springframework.amqp.rabbit.connection.Connection;

/**
 * Spring's two connections, one to publish and one to consume, because a broker short of memory blocks those that
 * publish. Every wait that was left at the client's long default is made short, and a broken connection has no line of its
 * own in the log. Channels come straight from the connection: each has one owner, and there is nothing to cache.
 */
final class RabbitConnections {

    /**
     * A silent broker is noticed after two of these and a quarter. The broker notices a silent member after two to three,
     * and until then nobody reads its partitions. With less than 5 seconds, a busy machine passes for a silent one.
     */
    static final int HEARTBEAT_SECONDS = 5;

    static final int CONNECT_MILLIS = 5_000;
    static final int RPC_MILLIS = 10_000;
    static final int CLOSE_MILLIS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(RabbitConnections.class);

    private final CachingConnectionFactory factory;
    private final ExecutorService pings = Executors.newSingleThreadExecutor(task -> {
        Thread thread = new Thread(task, "rabbitmq-ping");
        thread.setDaemon(true);
        return thread;
    });
    private volatile @Nullable String blocked;

    RabbitConnections(CachingConnectionFactory factory) {
        if (factory.getCacheMode() != CacheMode.CHANNEL) {
            throw new IllegalArgumentException("spring.rabbitmq.cache.connection.mode must be 'channel': "
                    + "messages are published on one connection and consumed on one other.");
        }
        this.factory = factory;
        shorten(factory.getRabbitConnectionFactory());
        factory.setCloseTimeout(CLOSE_MILLIS);
        factory.setCloseExceptionLogger((springLog, what, cause) -> {}); // whoever uses the channel is told, and tells
        factory.getPublisherConnectionFactory().addConnectionListener(this::watchForAlarms);
    }

    private static void shorten(ConnectionFactory client) {
        if (client.getRequestedHeartbeat() == ConnectionFactory.DEFAULT_HEARTBEAT) {
            client.setRequestedHeartbeat(HEARTBEAT_SECONDS);
        }
        if (client.getConnectionTimeout() == ConnectionFactory.DEFAULT_CONNECTION_TIMEOUT) {
            client.setConnectionTimeout(CONNECT_MILLIS);
        }
        if (client.getChannelRpcTimeout() == ConnectionFactory.DEFAULT_CHANNEL_RPC_TIMEOUT) {
            client.setChannelRpcTimeout(RPC_MILLIS);
        }
        client.setExceptionHandler(new ForgivingExceptionHandler() {
            /** Whoever uses the connection is told, and tells; it may be cut every other second. */
            @Override
            public void handleUnexpectedConnectionDriverException(
                    com.rabbitmq.client.Connection connection, Throwable cause) {
                log.debug("RabbitMQ: a connection broke: {}", RabbitFailures.reason(cause));
            }

            @Override
            protected void log(String message, Throwable cause) {
                log.warn("RabbitMQ: {}: {}", message, RabbitFailures.reason(cause));
            }
        });
    }

    private void watchForAlarms(@Nullable Connection connection) {
        blocked = null;
        if (connection != null) {
            connection.getDelegate().addBlockedListener(reason -> blocked = reason, () -> blocked = null);
        }
    }

    /** Fails where publishing would only wait for an alarm of the broker to pass. */
    void requireNotBlocked() {
        String reason = blocked;
        if (reason != null) {
            throw new MessagingException(
                    "RabbitMQ takes no messages at present: " + reason + ". Free memory or disk on the broker.", null);
        }
    }

    Channel openForConsuming() {
        return open(factory);
    }

    Channel openForPublishing() {
        return open(factory.getPublisherConnectionFactory());
    }

    private static Channel open(org.springframework.amqp.rabbit.connection.ConnectionFactory from) {
        try {
            Channel channel = from.createConnection().getDelegate().createChannel();
            if (channel == null) {
                throw new MessagingException("RabbitMQ allows no more channels on this connection.", null);
            }
            return channel;
        } catch (AmqpException | IOException | ShutdownSignalException e) {
            throw RabbitFailures.failure(
                    "RabbitMQ at " + from.getHost() + ":" + from.getPort() + " could not be reached", e);
        }
    }

    /** Opens and closes a channel, in a thread of its own because waiting for the factory's lock has no time-out. */
    void ping(Duration timeout) {
        Future<?> answer = pings.submit(() -> RabbitFailures.abandon(openForConsuming()));
        try {
            answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new MessagingException("RabbitMQ did not answer within " + timeout.toMillis() + " ms.", null);
        } catch (ExecutionException e) {
            throw RabbitFailures.failure("RabbitMQ does not answer", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new MessagingException("Interrupted while waiting for RabbitMQ to answer.", e);
        }
    }

    void close() {
        pings.shutdownNow();
        factory.destroy();
    }
}

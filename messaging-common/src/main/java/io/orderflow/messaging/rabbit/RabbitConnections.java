package io.orderflow.messaging.rabbit;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.ConnectionFactory;
import com.rabbitmq.client.ShutdownSignalException;
import com.rabbitmq.client.impl.ForgivingExceptionHandler;
import io.orderflow.messaging.MessagingException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
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
import org.springframework.core.task.SimpleAsyncTaskExecutor;

/**
 * Spring's two connections: one to publish and one to consume, because an alarm of the broker blocks connections that
 * publish. Time-outs that were left at the client's long defaults are shortened. Channels are opened on the connection
 * itself and not cached, as each has one owner.
 */
final class RabbitConnections {

    /**
     * The client detects a silent broker after 2.25 heartbeats, the broker a silent client after two to three. With less than
     * 5 seconds, a busy machine is taken for a silent one.
     */
    static final int HEARTBEAT_SECONDS = 5;

    static final int CONNECT_MILLIS = 5_000;
    static final int RPC_MILLIS = 10_000;
    static final int CLOSE_MILLIS = 5_000;

    private static final Logger log = LoggerFactory.getLogger(RabbitConnections.class);

    private final CachingConnectionFactory factory;
    private final SimpleAsyncTaskExecutor background = new SimpleAsyncTaskExecutor("rabbitmq-background-");
    private volatile @Nullable String blocked;

    /** What is done with a channel. */
    interface ChannelCallback<T extends @Nullable Object> {

        T doInChannel(Channel channel) throws IOException;
    }

    RabbitConnections(CachingConnectionFactory factory) {
        if (factory.getCacheMode() != CacheMode.CHANNEL) {
            throw new IllegalArgumentException("spring.rabbitmq.cache.connection.mode must be 'channel': "
                    + "messages are published on one connection and consumed on one other.");
        }
        this.factory = factory;
        background.setDaemon(true);
        configure(factory.getRabbitConnectionFactory());
        factory.setCloseTimeout(CLOSE_MILLIS);
        factory.setCloseExceptionLogger((springLog, what, cause) -> {}); // the channel's user gets the exception
        factory.getPublisherConnectionFactory().addConnectionListener(this::trackBlocked);
    }

    private static void configure(ConnectionFactory client) {
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

            /** The connection's users get the exception and report it. */
            @Override
            public void handleUnexpectedConnectionDriverException(
                    com.rabbitmq.client.Connection connection, Throwable cause) {
                log.debug("RabbitMQ: a connection was lost: {}", RabbitFailures.reason(cause));
            }

            @Override
            protected void log(String message, Throwable cause) {
                log.warn("RabbitMQ: {}: {}", message, RabbitFailures.reason(cause));
            }
        });
    }

    private void trackBlocked(@Nullable Connection connection) {
        blocked = null;
        if (connection != null) {
            connection.getDelegate().addBlockedListener(reason -> blocked = reason, () -> blocked = null);
        }
    }

    /** @throws MessagingException while an alarm of the broker blocks publishing, which would wait for its end */
    void requireNotBlocked() {
        String reason = blocked;
        if (reason != null) {
            throw new MessagingException(
                    "RabbitMQ accepts no messages at present: " + reason + ". Free memory or disk on the broker.",
                    null);
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

    /**
     * Calls the broker over a channel that is closed afterwards.
     *
     * @param failure what the exception says did not succeed
     * @throws MessagingException if the broker refuses; see {@link RabbitFailures#code}
     */
    <T extends @Nullable Object> T execute(String failure, ChannelCallback<T> callback) {
        Channel channel = openForConsuming();
        try {
            return callback.doInChannel(channel);
        } catch (IOException | ShutdownSignalException e) {
            throw RabbitFailures.failure(failure, e);
        } finally {
            RabbitFailures.close(channel);
        }
    }

    /** For a channel that may no longer be answered, where closing it would wait. */
    void closeInBackground(Runnable close) {
        background.execute(close);
    }

    /** Opens and closes a channel, on another thread because Spring waits for its connection lock without a time-out. */
    void ping(Duration timeout) {
        Future<?> answer = background.submit(() -> RabbitFailures.close(openForConsuming()));
        try {
            answer.get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new MessagingException("RabbitMQ did not answer within " + timeout.toMillis() + " ms.", null);
        } catch (ExecutionException | InterruptedException e) {
            throw RabbitFailures.failure("RabbitMQ does not answer", e);
        }
    }

    void close() {
        factory.destroy();
    }
}

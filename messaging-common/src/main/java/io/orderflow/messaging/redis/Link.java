package io.orderflow.messaging.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One connection, opened on first use and replaced after it has failed. Safe for many threads. No call waits longer than
 * the time-out, and every failure is a {@link MessagingException} that names the action.
 */
final class Link implements AutoCloseable {

    private final Connections connections;
    private final Duration timeout;
    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private boolean closed;

    Link(Connections connections, Duration timeout) {
        this.connections = connections;
        this.timeout = timeout;
    }

    /** The open connection, or a new one. */
    synchronized StatefulRedisConnection<String, byte[]> connection() {
        if (closed) {
            throw new MessagingException("This producer, consumer or broker is closed.", null);
        }
        StatefulRedisConnection<String, byte[]> current = connection;
        if (current == null || !current.isOpen()) {
            if (current != null) {
                current.closeAsync();
            }
            try {
                current = connections.connect();
            } catch (RedisException e) {
                throw RedisFailures.of("Connecting to Redis", e);
            }
            connection = current;
        }
        return current;
    }

    Duration timeout() {
        return timeout;
    }

    /** Sends commands on a connection that another thread may close meanwhile. If it fails, the connection is closed. */
    <T> Future<T> dispatch(
            StatefulRedisConnection<String, byte[]> on,
            String action,
            Function<StatefulRedisConnection<String, byte[]>, Future<T>> commands) {
        try {
            return commands.apply(on);
        } catch (RuntimeException e) { // Lettuce throws others too where a transaction meets a concurrent close
            disconnect(on);
            throw RedisFailures.of(action, e);
        }
    }

    /**
     * Waits for a reply. If there is none, the connection on which it was expected is closed: its server may be gone, and
     * commands that are still buffered must not be executed later.
     */
    <T> T await(StatefulRedisConnection<String, byte[]> on, Future<T> reply, Duration extra, String action) {
        try {
            return reply.get(timeout.plus(extra).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            MessagingException failure = RedisFailures.of(action, e.getCause());
            boolean replied = e.getCause() instanceof RedisCommandExecutionException;
            if (!replied
                    || RedisFailures.contains(failure, "READONLY")) { // after a failover, connect to the new primary
                disconnect(on);
            }
            throw failure;
        } catch (TimeoutException | CancellationException | InterruptedException e) {
            disconnect(on);
            if (e instanceof InterruptedException) {
                Thread.currentThread().interrupt();
            }
            String reason = e instanceof TimeoutException
                    ? "Redis did not answer within " + timeout.toMillis() + " ms"
                    : "the connection was closed or the thread interrupted";
            throw new MessagingException(action + " failed: " + reason + ". It may have been executed.", e);
        }
    }

    /** Sends a command and waits for its reply. */
    <T> T ask(String action, Function<StatefulRedisConnection<String, byte[]>, Future<T>> command) {
        StatefulRedisConnection<String, byte[]> current = connection();
        return await(current, dispatch(current, action, command), Duration.ZERO, action);
    }

    /**
     * Runs a script, also if the server has reached {@code maxmemory}: what scripts add is small, and without it nobody could
     * read the messages that fill the memory. Servers before Redis 7 refuse it nevertheless.
     */
    <T> T run(String action, Script script, List<String> keys, List<String> arguments) {
        try {
            return ask(action, c -> script.<T>run(c, keys, arguments));
        } catch (MessagingException e) {
            if (!RedisFailures.contains(e, "OOM")) {
                throw e;
            }
            return ask(action, c -> script.<T>run(Script.ALLOW_OUT_OF_MEMORY, c, keys, arguments));
        }
    }

    private synchronized void disconnect(StatefulRedisConnection<String, byte[]> failed) {
        failed.closeAsync();
        if (connection == failed) {
            connection = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (connection != null) {
            connection.close();
            connection = null;
        }
    }
}

package io.orderflow.messaging.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.api.StatefulRedisConnection;
import io.orderflow.messaging.MessagingException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One connection, opened when it is first used and again after it was lost. Safe for many threads. Nothing waits longer
 * than the time-out, and every failure is a {@link MessagingException} that says what was being done.
 */
final class Link implements AutoCloseable {

    /** The first words of Redis's errors; scripts put them in the middle of a sentence. */
    private static final Pattern ERROR =
            Pattern.compile("\\b(LOADING|READONLY|OOM|MISCONF|NOAUTH|WRONGPASS|NOPERM|WRONGTYPE|NOREPLICAS)\\b");

    private final Connections connections;
    private final Duration timeout;
    private @Nullable StatefulRedisConnection<String, byte[]> connection;
    private boolean closed;

    Link(Connections connections, Duration timeout) {
        this.connections = connections;
        this.timeout = timeout;
    }

    /** The connection; another one if the last was lost. */
    synchronized StatefulRedisConnection<String, byte[]> connection() {
        if (closed) {
            throw new MessagingException("This was closed already; nothing can be sent or read with it.", null);
        }
        StatefulRedisConnection<String, byte[]> current = connection;
        if (current == null || !current.isOpen()) {
            disconnect();
            try {
                current = connections.connect();
            } catch (RedisException e) {
                throw failure("Connecting to Redis", e);
            }
            connection = current;
        }
        return current;
    }

    /** How long an answer may take. */
    Duration timeout() {
        return timeout;
    }

    /** Waits for an answer. After a time-out the connection is given up: what is still under way on it must not linger. */
    <T> T await(Future<T> answer, Duration extra, String doing) {
        try {
            return answer.get(timeout.plus(extra).toNanos(), TimeUnit.NANOSECONDS);
        } catch (ExecutionException e) {
            MessagingException failure = failure(doing, e.getCause());
            if (saysAnyOf(failure, "READONLY")) {
                disconnect(); // the address may lead to the new primary by now; this connection never will
            }
            throw failure;
        } catch (TimeoutException e) {
            disconnect();
            throw new MessagingException(
                    doing + " failed: Redis did not answer within " + timeout.toMillis()
                            + " ms. It may have been done all the same.",
                    e);
        } catch (InterruptedException e) {
            disconnect();
            Thread.currentThread().interrupt();
            throw new MessagingException(doing + " was interrupted; it may have been done all the same.", e);
        }
    }

    <T> T await(Future<T> answer, String doing) {
        return await(answer, Duration.ZERO, doing);
    }

    /** Asks one thing and waits for the answer. */
    <T> T ask(String doing, Function<StatefulRedisConnection<String, byte[]>, ? extends Future<T>> question) {
        return await(question.apply(connection()), doing);
    }

    /**
     * Runs a script that has to be done also when the server's memory is full: what it adds is small, and without it
     * nobody could read the messages that fill the memory. Servers before Redis 7 refuse it nevertheless.
     */
    <T> T run(String doing, Script script, List<String> keys, List<String> arguments) {
        try {
            return ask(doing, c -> script.<T>run(c, keys, arguments));
        } catch (MessagingException e) {
            if (!saysAnyOf(e, "OOM")) {
                throw e;
            }
            return ask(doing, c -> script.<T>runWithoutMemoryLimit(c, keys, arguments));
        }
    }

    private synchronized void disconnect() {
        if (connection != null) {
            connection.closeAsync();
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

    /** Whether the server refused with one of these words. */
    static boolean saysAnyOf(MessagingException failure, String... words) {
        Throwable cause = failure.getCause();
        return cause instanceof RedisCommandExecutionException
                && Stream.of(words).anyMatch(rootMessage(cause)::contains);
    }

    static MessagingException failure(String doing, Throwable cause) {
        String said = rootMessage(cause);
        Matcher error = ERROR.matcher(said);
        String meaning = !error.find()
                ? said
                : switch (error.group()) {
                    case "LOADING" -> "Redis is still loading its data; it will answer when it has.";
                    case "READONLY" ->
                        "this Redis server is a replica and takes no writes; a fail-over is under way, or"
                                + " spring.data.redis.* names the wrong server.";
                    case "OOM" -> "Redis has used all the memory that maxmemory allows and takes no more messages.";
                    case "MISCONF" -> "Redis cannot write to its disk and takes no messages (" + said + ").";
                    case "NOREPLICAS" -> "fewer replicas are connected to Redis than min-replicas-to-write asks for.";
                    case "NOAUTH", "WRONGPASS" ->
                        "Redis does not accept the user or password; check"
                                + " spring.data.redis.username and spring.data.redis.password.";
                    case "NOPERM" -> "the user in spring.data.redis.username lacks a permission (" + said + ").";
                    default -> "a key of that name is there and is not a stream; rename the topic or the key.";
                };
        return new MessagingException(doing + " failed: " + meaning, cause);
    }

    private static String rootMessage(Throwable cause) {
        Throwable root = cause;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}

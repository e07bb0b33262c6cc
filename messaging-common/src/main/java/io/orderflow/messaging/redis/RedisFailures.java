package io.orderflow.messaging.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.orderflow.messaging.MessagingException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.core.NestedExceptionUtils;

/** Redis's error codes, with what they mean for messages. */
final class RedisFailures {

    /** Codes begin an error reply; an error inside a script is quoted in the middle of it. */
    private static final Pattern CODE =
            Pattern.compile("\\b(LOADING|READONLY|OOM|MISCONF|NOAUTH|WRONGPASS|NOPERM|WRONGTYPE|NOREPLICAS)\\b");

    private RedisFailures() {}

    static MessagingException of(String action, Throwable cause) {
        String reply = reply(cause);
        Matcher code = CODE.matcher(reply);
        String meaning = !code.find()
                ? reply
                : switch (code.group()) {
                    case "LOADING" -> "Redis is still loading its data.";
                    case "READONLY" ->
                        "this Redis server is a read-only replica; a failover is under way, or"
                                + " spring.data.redis.* names the wrong server.";
                    case "OOM" -> "Redis has reached maxmemory and accepts no more messages.";
                    case "MISCONF" -> "Redis cannot write to its disk and accepts no messages (" + reply + ").";
                    case "NOREPLICAS" -> "fewer replicas are connected to Redis than min-replicas-to-write requires.";
                    case "NOAUTH", "WRONGPASS" ->
                        "Redis refused the credentials; check spring.data.redis.username and"
                                + " spring.data.redis.password.";
                    case "NOPERM" -> "the user in spring.data.redis.username lacks a permission (" + reply + ").";
                    default -> "a key with the name of a stream is not a stream; rename the topic or the key.";
                };
        return new MessagingException(action + " failed: " + meaning, cause);
    }

    /** Whether the server replied with an error that contains one of these texts. */
    static boolean contains(MessagingException failure, String... texts) {
        Throwable cause = failure.getCause();
        return cause instanceof RedisCommandExecutionException
                && Stream.of(texts).anyMatch(reply(cause)::contains);
    }

    private static String reply(Throwable cause) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(cause);
        return root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    }
}

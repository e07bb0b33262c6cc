package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** What the server has to do in one step. Each is a Lua file beside this class, which tells what it takes and returns. */
enum Script {
    DECLARE("declare.lua", ScriptOutputType.STATUS),
    JOIN("join.lua", ScriptOutputType.INTEGER),
    SHARE("share.lua", ScriptOutputType.MULTI),
    TAKE_OVER("take-over.lua", ScriptOutputType.MULTI),
    COMMIT("commit.lua", ScriptOutputType.INTEGER),
    RELEASE("release.lua", ScriptOutputType.INTEGER),
    GROUPS("groups.lua", ScriptOutputType.MULTI),
    REMOVE_GROUP("remove-group.lua", ScriptOutputType.INTEGER),
    TRIM("trim.lua", ScriptOutputType.INTEGER);

    private final byte[] text;
    private final ScriptOutputType returns;

    Script(String file, ScriptOutputType returns) {
        this.text = read(file);
        this.returns = returns;
    }

    /** What Redis 7 and newer understand by the first line of a script. */
    private static final byte[] WITHOUT_MEMORY_LIMIT = "#!lua flags=allow-oom\n".getBytes(UTF_8);

    /** Sends the text each time: it is short, and a server that was restarted or flushed knows none by its hash. */
    <T> RedisFuture<T> run(
            StatefulRedisConnection<String, byte[]> connection, List<String> keys, List<String> arguments) {
        return run(connection, text, keys, arguments);
    }

    /** The same, also on a server whose memory is full; fails on a server before Redis 7. */
    <T> RedisFuture<T> runWithoutMemoryLimit(
            StatefulRedisConnection<String, byte[]> connection, List<String> keys, List<String> arguments) {
        byte[] allowed = Arrays.copyOf(WITHOUT_MEMORY_LIMIT, WITHOUT_MEMORY_LIMIT.length + text.length);
        System.arraycopy(text, 0, allowed, WITHOUT_MEMORY_LIMIT.length, text.length);
        return run(connection, allowed, keys, arguments);
    }

    private <T> RedisFuture<T> run(
            StatefulRedisConnection<String, byte[]> connection,
            byte[] script,
            List<String> keys,
            List<String> arguments) {
        byte[][] values =
                arguments.stream().map(argument -> argument.getBytes(UTF_8)).toArray(byte[][]::new);
        return connection.async().eval(script, returns, keys.toArray(String[]::new), values);
    }

    private static byte[] read(String file) {
        try (InputStream in = Script.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The script " + file + " is missing in this library.");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

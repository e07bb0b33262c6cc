package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.stream.Stream;

/** What the server has to do in one step. Each is a Lua file beside this class, which tells what it takes and returns. */
enum Script {
    DECLARE(ScriptOutputType.STATUS, "declare.lua"),
    JOIN(ScriptOutputType.INTEGER, "join.lua"),
    SHARE(ScriptOutputType.MULTI, "leases.lua", "share.lua"),
    TAKE_OVER(ScriptOutputType.MULTI, "leases.lua", "take-over.lua"),
    COMMIT(ScriptOutputType.INTEGER, "commit.lua"),
    RELEASE(ScriptOutputType.INTEGER, "release.lua"),
    GROUPS(ScriptOutputType.MULTI, "leases.lua", "groups.lua"),
    REMOVE_GROUP(ScriptOutputType.INTEGER, "leases.lua", "remove-group.lua"),
    TRIM(ScriptOutputType.INTEGER, "trim.lua");

    /** What Redis 7 and newer understand by the first line of a script. */
    private static final byte[] WITHOUT_MEMORY_LIMIT = "#!lua flags=allow-oom\n".getBytes(UTF_8);

    private final ScriptOutputType returns;
    private final byte[] text;

    Script(ScriptOutputType returns, String... files) {
        this.returns = returns;
        this.text = joined(Stream.of(files).map(Script::read).toArray(byte[][]::new));
    }

    /** Sends the text each time: it is short, and a server that was restarted or flushed knows none by its hash. */
    <T> RedisFuture<T> run(
            StatefulRedisConnection<String, byte[]> connection, List<String> keys, List<String> arguments) {
        return run(connection, text, keys, arguments);
    }

    /** The same, also on a server whose memory is full; fails on a server before Redis 7. */
    <T> RedisFuture<T> runWithoutMemoryLimit(
            StatefulRedisConnection<String, byte[]> connection, List<String> keys, List<String> arguments) {
        return run(connection, joined(WITHOUT_MEMORY_LIMIT, text), keys, arguments);
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

    private static byte[] joined(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
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

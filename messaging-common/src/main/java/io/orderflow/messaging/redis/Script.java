package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.api.StatefulRedisConnection;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** What the server has to do in one step. Each is a Lua file beside this class, which tells what it takes and returns. */
enum Script {
    TAKE_OVER("take-over.lua", ScriptOutputType.MULTI),
    COMMIT("commit.lua", ScriptOutputType.INTEGER),
    RELEASE("release.lua", ScriptOutputType.INTEGER),
    TRIM("trim.lua", ScriptOutputType.INTEGER);

    private final byte[] text;
    private final ScriptOutputType returns;

    Script(String file, ScriptOutputType returns) {
        this.text = read(file);
        this.returns = returns;
    }

    /** Sends the text each time: it is short, and a server that was restarted or flushed knows none by its hash. */
    <T> RedisFuture<T> run(StatefulRedisConnection<String, byte[]> connection, List<String> keys, String... arguments) {
        byte[][] values = new byte[arguments.length][];
        for (int i = 0; i < arguments.length; i++) {
            values[i] = arguments[i].getBytes(UTF_8);
        }
        return connection.async().eval(text, returns, keys.toArray(String[]::new), values);
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

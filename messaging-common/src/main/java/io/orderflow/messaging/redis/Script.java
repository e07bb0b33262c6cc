package io.orderflow.messaging.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.RedisFuture;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.output.CommandOutput;
import io.lettuce.core.output.IntegerOutput;
import io.lettuce.core.output.NestedMultiOutput;
import io.lettuce.core.output.StatusOutput;
import io.lettuce.core.output.StreamReadOutput;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import java.util.List;
import java.util.function.Function;
import org.springframework.core.io.ClassPathResource;
import org.springframework.data.redis.core.script.RedisScript;

/** The operations that must be atomic. Each is a Lua file beside this class, which documents its keys and arguments. */
enum Script {
    DECLARE("declare.lua", StatusOutput::new),
    JOIN("join.lua", IntegerOutput::new),
    REBALANCE("rebalance.lua", NestedMultiOutput::new),
    CLAIM("claim.lua", StreamReadOutput::new),
    COMMIT("commit.lua", IntegerOutput::new),
    GROUPS("groups.lua", NestedMultiOutput::new),
    REMOVE_GROUP("remove-group.lua", IntegerOutput::new),
    TRIM("trim.lua", IntegerOutput::new);

    /** To be executed also if the server has reached {@code maxmemory}; a server before Redis 7 does not know it. */
    static final String ALLOW_OUT_OF_MEMORY = "#!lua flags=allow-oom\n";

    private final String text;
    private final Function<RedisCodec<String, byte[]>, CommandOutput<String, byte[], ?>> output;

    Script(String file, Function<RedisCodec<String, byte[]>, CommandOutput<String, byte[], ?>> output) {
        this.text = read("leases.lua") + read(file);
        this.output = output;
    }

    /** Sends the text each time: it is short, and a server that was restarted or flushed has no cached scripts. */
    <T> RedisFuture<T> run(
            StatefulRedisConnection<String, byte[]> connection, List<String> keys, List<String> arguments) {
        return run("", connection, keys, arguments);
    }

    /** @param flags nothing or {@link #ALLOW_OUT_OF_MEMORY} */
    @SuppressWarnings("unchecked")
    <T> RedisFuture<T> run(
            String flags,
            StatefulRedisConnection<String, byte[]> connection,
            List<String> keys,
            List<String> arguments) {
        CommandArgs<String, byte[]> eval = new CommandArgs<>(connection.getCodec())
                .add(flags + text)
                .add(keys.size())
                .addKeys(keys);
        arguments.forEach(each -> eval.add(each.getBytes(UTF_8)));
        return connection
                .async()
                .dispatch(
                        CommandType.EVAL, (CommandOutput<String, byte[], T>) output.apply(connection.getCodec()), eval);
    }

    private static String read(String file) {
        return RedisScript.of(new ClassPathResource(file, Script.class)).getScriptAsString();
    }
}

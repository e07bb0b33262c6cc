package io.orderflow.systemtests.chaos.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.Consumer;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XGroupCreateArgs;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** Reads each stream through a consumer group, so that no entry is trimmed before it was read. */
final class PlainRedisClient implements PlainClient {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final Consumer<String> MEMBER = Consumer.from(CLIENT_NAME, CLIENT_NAME);
    private static final XReadArgs BATCH = XReadArgs.Builder.count(500);

    private final RedisClient client;
    private final StatefulRedisConnection<String, byte[]> connection;
    private final Set<String> streams = new TreeSet<>();
    private final Set<String> withPendingEntries = new HashSet<>();
    private final Map<String, List<String>> unacknowledged = new HashMap<>();
    private List<String> topics = List.of();

    PlainRedisClient(String host, int port) throws IOException {
        client = RedisClient.create(RedisURI.builder()
                .withHost(host)
                .withPort(port)
                .withTimeout(TIMEOUT)
                .build());
        client.setOptions(ClientOptions.builder().autoReconnect(false).build());
        try {
            connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        } catch (RedisException e) {
            client.shutdown(Duration.ZERO, TIMEOUT);
            throw new IOException(e);
        }
    }

    @Override
    public void watch(List<String> names) throws IOException {
        topics = List.copyOf(names);
        call(this::watchNewStreams);
    }

    @Override
    public List<ObservedMessage> poll() throws IOException {
        return call(redis -> {
            watchNewStreams(redis);
            List<ObservedMessage> messages = new ArrayList<>();
            for (String stream : streams) {
                List<String> before = unacknowledged.getOrDefault(stream, List.of());
                if (!before.isEmpty()) {
                    redis.xack(stream, CLIENT_NAME, before.toArray(String[]::new));
                }
                List<StreamMessage<String, byte[]>> entries = next(redis, stream);
                entries.forEach(entry -> messages.add(observed(entry)));
                unacknowledged.put(
                        stream, entries.stream().map(StreamMessage::getId).toList());
            }
            return messages;
        });
    }

    /** Entries that were delivered to the connection before this one are read first. */
    private List<StreamMessage<String, byte[]>> next(RedisCommands<String, byte[]> redis, String stream) {
        if (withPendingEntries.contains(stream)) {
            List<StreamMessage<String, byte[]>> pending =
                    redis.xreadgroup(MEMBER, BATCH, StreamOffset.from(stream, "0"));
            if (!pending.isEmpty()) {
                return pending;
            }
            withPendingEntries.remove(stream);
        }
        return redis.xreadgroup(MEMBER, BATCH, StreamOffset.lastConsumed(stream));
    }

    @Override
    public void send(String topic, String key, Map<String, String> headers, byte[] body) throws IOException {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        headers.forEach((name, value) -> fields.put(name, value.getBytes(UTF_8)));
        fields.put("key", key.getBytes(UTF_8));
        fields.put("value", body);
        call(redis -> redis.xadd(topic, fields));
    }

    @Override
    @SuppressWarnings("unchecked")
    public void repeat(ObservedMessage message) throws IOException {
        StreamMessage<String, byte[]> raw = (StreamMessage<String, byte[]>) message.raw();
        call(redis -> redis.xadd(raw.getStream(), raw.getBody()));
    }

    /** A topic is a stream of its name, and one for each further partition: {@code orders:1}. */
    private Set<String> watchNewStreams(RedisCommands<String, byte[]> redis) {
        for (String key : redis.keys("*")) {
            if (topics.contains(topicOf(key))
                    && !streams.contains(key)
                    && redis.type(key).equals("stream")) {
                try {
                    redis.xgroupCreate(StreamOffset.from(key, "0"), CLIENT_NAME, XGroupCreateArgs.Builder.mkstream());
                } catch (RedisBusyException created) {
                    // by the connection before this one
                }
                streams.add(key);
                withPendingEntries.add(key);
            }
        }
        return streams;
    }

    private static String topicOf(String stream) {
        return stream.replaceFirst(":\\d+$", "");
    }

    private static ObservedMessage observed(StreamMessage<String, byte[]> raw) {
        Map<String, byte[]> fields = raw.getBody();
        return new ObservedMessage(
                topicOf(raw.getStream()),
                text(fields, "key"),
                text(fields, "ce_id"),
                text(fields, "ce_type"),
                fields.getOrDefault("value", new byte[0]),
                raw);
    }

    private static String text(Map<String, byte[]> fields, String name) {
        return new String(fields.getOrDefault(name, new byte[0]), UTF_8);
    }

    private <T> T call(Function<RedisCommands<String, byte[]>, T> command) throws IOException {
        try {
            return command.apply(connection.sync());
        } catch (RedisException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() {
        connection.closeAsync();
        client.shutdown(Duration.ZERO, TIMEOUT);
    }
}

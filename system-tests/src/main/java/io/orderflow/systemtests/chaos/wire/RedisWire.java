package io.orderflow.systemtests.chaos.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.Consumer;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.RedisBusyException;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
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
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** A group of its own on each stream, so that nothing is trimmed before it was seen. */
final class RedisWire implements Wire {

    private static final Duration PATIENCE = Duration.ofSeconds(5);
    private static final int MOST = 500;

    private final RedisClient client;
    private final StatefulRedisConnection<String, byte[]> connection;
    private final Set<String> streams = new TreeSet<>();
    private final Set<String> unsettled = new HashSet<>();
    private final Map<String, List<String>> noted = new HashMap<>();
    private List<String> topics = List.of();

    RedisWire(String host, int port) throws IOException {
        client = RedisClient.create(RedisURI.builder()
                .withHost(host)
                .withPort(port)
                .withTimeout(PATIENCE)
                .build());
        client.setOptions(ClientOptions.builder().autoReconnect(false).build());
        try {
            connection = client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
        } catch (RedisException e) {
            client.shutdown(Duration.ZERO, PATIENCE);
            throw new IOException(e);
        }
    }

    @Override
    public void watch(List<String> names) throws IOException {
        topics = List.copyOf(names);
        try {
            find();
        } catch (RedisException e) {
            throw new IOException(e);
        }
    }

    @Override
    public List<Sighting> look() throws IOException {
        try {
            find();
            List<Sighting> sightings = new ArrayList<>();
            for (String stream : streams) {
                acknowledge(stream);
                List<StreamMessage<String, byte[]>> entries = next(stream);
                entries.forEach(entry -> sightings.add(sighting(entry)));
                noted.put(stream, entries.stream().map(StreamMessage::getId).toList());
            }
            return sightings;
        } catch (RedisException e) {
            throw new IOException(e);
        }
    }

    /** What this stranger was given before its connection broke, and may not have got, comes first. */
    private List<StreamMessage<String, byte[]>> next(String stream) {
        XReadArgs most = XReadArgs.Builder.count(MOST);
        Consumer<String> stranger = Consumer.from(STRANGER, STRANGER);
        if (unsettled.contains(stream)) {
            List<StreamMessage<String, byte[]>> given =
                    redis().xreadgroup(stranger, most, StreamOffset.from(stream, "0"));
            if (!given.isEmpty()) {
                return given;
            }
            unsettled.remove(stream);
        }
        return redis().xreadgroup(stranger, most, StreamOffset.lastConsumed(stream));
    }

    private void acknowledge(String stream) {
        List<String> ids = noted.getOrDefault(stream, List.of());
        if (!ids.isEmpty()) {
            redis().xack(stream, STRANGER, ids.toArray(String[]::new));
        }
    }

    @Override
    public void send(String topic, String key, Map<String, String> headers, byte[] body) throws IOException {
        Map<String, byte[]> fields = new LinkedHashMap<>();
        headers.forEach((name, value) -> fields.put(name, value.getBytes(UTF_8)));
        fields.put("key", key.getBytes(UTF_8));
        fields.put("value", body);
        add(topic, fields);
    }

    @Override
    public void repeat(Sighting sighting) throws IOException {
        @SuppressWarnings("unchecked")
        StreamMessage<String, byte[]> seen = (StreamMessage<String, byte[]>) sighting.raw();
        add(seen.getStream(), seen.getBody());
    }

    private void add(String stream, Map<String, byte[]> fields) throws IOException {
        try {
            redis().xadd(stream, fields);
        } catch (RedisException e) {
            throw new IOException(e);
        }
    }

    /** A topic is a stream of its name, and one for each further partition: {@code orders:1}. */
    private void find() {
        ScanArgs all = ScanArgs.Builder.limit(1_000);
        KeyScanCursor<String> cursor = redis().scan(ScanCursor.INITIAL, all);
        List<String> keys = new ArrayList<>(cursor.getKeys());
        while (!cursor.isFinished()) {
            cursor = redis().scan(cursor, all);
            keys.addAll(cursor.getKeys());
        }
        for (String key : keys) {
            if (!streams.contains(key)
                    && topic(key).isPresent()
                    && redis().type(key).equals("stream")) {
                watch(key);
            }
        }
    }

    private void watch(String stream) {
        try {
            redis().xgroupCreate(StreamOffset.from(stream, "0"), STRANGER, XGroupCreateArgs.Builder.mkstream());
        } catch (RedisBusyException watchedAlready) {
            // by the connection before this one
        }
        streams.add(stream);
        unsettled.add(stream);
    }

    private Optional<String> topic(String stream) {
        String topic = stream.replaceFirst(":\\d+$", "");
        return topics.contains(topic) ? Optional.of(topic) : Optional.empty();
    }

    private Sighting sighting(StreamMessage<String, byte[]> seen) {
        Map<String, byte[]> fields = seen.getBody();
        return new Sighting(
                topic(seen.getStream()).orElseThrow(),
                text(fields, "key"),
                text(fields, "ce_id"),
                text(fields, "ce_type"),
                fields.getOrDefault("value", new byte[0]),
                seen);
    }

    private RedisCommands<String, byte[]> redis() {
        return connection.sync();
    }

    private static String text(Map<String, byte[]> fields, String name) {
        return new String(fields.getOrDefault(name, new byte[0]), UTF_8);
    }

    @Override
    public void close() {
        connection.closeAsync();
        client.shutdown(Duration.ZERO, PATIENCE);
    }
}

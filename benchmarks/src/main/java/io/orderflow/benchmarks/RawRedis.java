package io.orderflow.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.lettuce.core.Consumer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.XReadArgs;
import io.lettuce.core.XReadArgs.StreamOffset;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Lettuce by hand: XADD pipelined in batches as large as ours, each batch in MULTI and EXEC as ours, to the streams of the
 * topic's partitions; one XREADGROUP of all of them, one XACK a stream and read.
 */
final class RawRedis implements RawClient {

    private static final long PATIENCE_SECONDS = 10;

    private final RedisClient client;
    private final StatefulRedisConnection<String, byte[]> sending;

    RawRedis(String host, int port) {
        client = RedisClient.create(RedisURI.create(host, port));
        sending = connect();
        sending.setAutoFlushCommands(false);
    }

    @Override
    public void produce(String topic, List<Message<String, byte[]>> messages) throws Exception {
        Map<String, byte[]> headers = new LinkedHashMap<>();
        messages.get(0).headers().forEach((name, value) -> headers.put(name, value.getBytes(UTF_8)));
        for (int from = 0; from < messages.size(); from += RedisBenchmark.BATCH) {
            List<RedisFuture<?>> answers = new ArrayList<>();
            answers.add(sending.async().multi());
            for (Message<String, byte[]> message :
                    messages.subList(from, Math.min(from + RedisBenchmark.BATCH, messages.size()))) {
                Map<String, byte[]> fields = new LinkedHashMap<>(headers);
                fields.put(
                        "messaging-timestamp",
                        String.valueOf(message.timestamp().toEpochMilli()).getBytes(UTF_8));
                fields.put("key", message.key().getBytes(UTF_8));
                fields.put("value", message.value());
                String stream = stream(topic, KeyPartition.of(message.key(), Topic.DEFAULT_PARTITIONS));
                answers.add(sending.async().xadd(stream, fields));
            }
            answers.add(sending.async().exec());
            sending.flushCommands();
            for (RedisFuture<?> answer : answers) {
                answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Override
    public void consume(String topic, String group, Reading reading) throws Exception {
        try (StatefulRedisConnection<String, byte[]> connection = connect()) {
            XReadArgs arguments = new XReadArgs()
                    .count(BrokerBenchmark.POLL / Topic.DEFAULT_PARTITIONS)
                    .block(1000);
            @SuppressWarnings({"unchecked", "rawtypes"})
            StreamOffset<String>[] whatIsNew =
                    Stream.of(streams(topic)).map(StreamOffset::lastConsumed).toArray(StreamOffset[]::new);
            while (reading.wantsMore()) {
                List<StreamMessage<String, byte[]>> polled =
                        connection.sync().xreadgroup(Consumer.from(group, "raw"), arguments, whatIsNew);
                Map<String, List<String>> ids = new HashMap<>();
                polled.forEach(entry -> ids.computeIfAbsent(entry.getStream(), stream -> new ArrayList<>())
                        .add(entry.getId()));
                List<RedisFuture<Long>> answers = new ArrayList<>();
                ids.forEach((stream, ofStream) ->
                        answers.add(connection.async().xack(stream, group, ofStream.toArray(String[]::new))));
                for (RedisFuture<Long> answer : answers) {
                    answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
                }
                reading.add(polled.size());
            }
        }
    }

    @Override
    public void drop(String topic, String group) throws Exception {
        RedisFuture<Long> answer = sending.async().unlink(streams(topic));
        sending.flushCommands();
        answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    }

    private static String[] streams(String topic) {
        return IntStream.range(0, Topic.DEFAULT_PARTITIONS)
                .mapToObj(partition -> stream(topic, partition))
                .toArray(String[]::new);
    }

    private static String stream(String topic, int partition) {
        return partition == 0 ? topic : topic + ":" + partition;
    }

    private StatefulRedisConnection<String, byte[]> connect() {
        return client.connect(RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE));
    }

    @Override
    public void close() {
        sending.close();
        client.shutdown();
    }
}

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
import io.orderflow.messaging.Message;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** Lettuce by hand: XADD pipelined in batches as large as ours, XREADGROUP, one XACK a read. */
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
            List<RedisFuture<String>> answers = new ArrayList<>();
            for (Message<String, byte[]> message :
                    messages.subList(from, Math.min(from + RedisBenchmark.BATCH, messages.size()))) {
                Map<String, byte[]> fields = new LinkedHashMap<>(headers);
                fields.put(
                        "messaging-timestamp",
                        String.valueOf(message.timestamp().toEpochMilli()).getBytes(UTF_8));
                fields.put("key", message.key().getBytes(UTF_8));
                fields.put("value", message.value());
                answers.add(sending.async().xadd(topic, fields));
            }
            sending.flushCommands();
            for (RedisFuture<String> answer : answers) {
                answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            }
        }
    }

    @Override
    public void consume(String topic, String group, Reading reading) {
        try (StatefulRedisConnection<String, byte[]> connection = connect()) {
            XReadArgs arguments = new XReadArgs().count(BrokerBenchmark.POLL).block(1000);
            while (reading.wantsMore()) {
                List<StreamMessage<String, byte[]>> polled = connection
                        .sync()
                        .xreadgroup(Consumer.from(group, "raw"), arguments, StreamOffset.lastConsumed(topic));
                if (!polled.isEmpty()) {
                    connection
                            .sync()
                            .xack(
                                    topic,
                                    group,
                                    polled.stream().map(StreamMessage::getId).toArray(String[]::new));
                }
                reading.add(polled.size());
            }
        }
    }

    @Override
    public void drop(String topic, String group) throws Exception {
        RedisFuture<Long> answer = sending.async().unlink(topic);
        sending.flushCommands();
        answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
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

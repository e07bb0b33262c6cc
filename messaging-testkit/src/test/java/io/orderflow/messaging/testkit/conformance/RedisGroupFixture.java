package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.sync.RedisCommands;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.servers.RedisServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A topic of its own on Redis, the members of a group, and a plain client that sees what is stored. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
abstract class RedisGroupFixture {

    static final RedisServer SERVER = RedisServer.find();
    static final String GROUP = "group";
    static final Duration BRIEFLY = Duration.ofMillis(20);
    static final Duration PATIENCE = Duration.ofSeconds(20);
    static final ConsumerOptions OPTIONS = ConsumerOptions.defaults()
            .withMaxPollMessages(10)
            .withMemberTimeout(Duration.ofSeconds(2))
            .withPollHandling(Duration.ofMinutes(1));

    final String topic = "partitions-" + UUID.randomUUID();
    Topic declared = Topic.named(topic);
    final List<AutoCloseable> opened = new ArrayList<>();
    RedisBroker broker;
    RedisCommands<String, String> redis;

    @BeforeEach
    void connect() {
        broker = broker(SERVER.port());
        RedisClient client = RedisClient.create(RedisURI.create(SERVER.host(), SERVER.port()));
        opened.add(client);
        StatefulRedisConnection<String, String> connection = client.connect();
        redis = connection.sync();
    }

    @AfterEach
    void disconnect() throws Exception {
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    /** Polls with the members until they own these numbers of partitions. */
    @SafeVarargs
    final void awaitOwnership(List<Integer> expected, MessageConsumer<String, byte[]>... members) {
        await().atMost(PATIENCE).until(() -> {
            Arrays.stream(members).forEach(RedisGroupFixture::polled);
            Map<String, String> owners = redis.hgetall("messaging:owners:" + topic + ":" + GROUP);
            List<Integer> numbers = owners.values().stream()
                    .distinct()
                    .filter(owner -> redis.exists("messaging:member:" + owner) == 1)
                    .map(owner -> Collections.frequency(owners.values(), owner))
                    .sorted()
                    .toList();
            return numbers.equals(expected);
        });
    }

    static boolean polled(MessageConsumer<String, byte[]> member) {
        member.poll(BRIEFLY);
        return true;
    }

    List<String> receive(MessageConsumer<String, byte[]> member, int number) {
        List<String> received = new ArrayList<>();
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (received.size() < number && System.nanoTime() < deadline) {
            received.addAll(texts(member.poll(BRIEFLY)));
        }
        return received;
    }

    static List<String> texts(List<Delivery<String, byte[]>> polled) {
        return polled.stream()
                .map(delivery -> new String(delivery.message().value(), UTF_8))
                .toList();
    }

    static List<String> texts(String key, int from, int to) {
        return IntStream.rangeClosed(from, to).mapToObj(i -> key + ":" + i).toList();
    }

    void send(String key, int from, int to) {
        try (MessageProducer<String, byte[]> producer = broker.producer()) {
            producer.sendBatch(
                    declared,
                    texts(key, from, to).stream()
                            .map(text -> message(key, text))
                            .toList());
        }
    }

    static Message<String, byte[]> message(String key, String text) {
        return new Message<>(key, text.getBytes(UTF_8), Map.of(), Instant.now());
    }

    MessageConsumer<String, byte[]> member(RedisBroker of) {
        var member = of.consumer(GROUP, OPTIONS);
        member.subscribe(List.of(declared));
        opened.add(member);
        return member;
    }

    RedisBroker broker(int port) {
        var settings = new RedisMessagingProperties(Duration.ofSeconds(5), 0, true, true);
        RedisBroker opening = new RedisBroker(new LettuceConnectionFactory(SERVER.host(), port), settings);
        opened.add(opening);
        return opening;
    }

    TcpProxy proxy() {
        TcpProxy proxy = TcpProxy.to(SERVER.host(), SERVER.port());
        opened.add(proxy);
        return proxy;
    }

    void declare(Topic wanted) {
        declared = wanted;
        broker.declare(wanted, GROUP);
    }
}

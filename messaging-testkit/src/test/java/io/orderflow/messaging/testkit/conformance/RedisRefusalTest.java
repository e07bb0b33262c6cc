package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.Range;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.StreamMessage;
import io.lettuce.core.api.sync.RedisCommands;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.servers.RedisServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A Redis that refuses writes: it has reached maxmemory, or it has become a replica. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisRefusalTest {

    private static final String GROUP = "group";
    private static final int MEGABYTE = 1024 * 1024;
    private static final Pattern USED = Pattern.compile("used_memory:(\\d+)");
    private static final Pattern CLIENT = Pattern.compile("(?m)^id=(\\d+) .*cmd=(\\S+)");
    private static RedisServer server;

    private final Topic topic = Topic.named("refusal-" + UUID.randomUUID()).withPartitions(1);
    private final List<AutoCloseable> opened = new ArrayList<>();
    private RedisCommands<String, String> redis;
    private RedisBroker broker;
    private MessageProducer<String, byte[]> producer;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopServer() {
        server.close();
    }

    @BeforeEach
    void connect() {
        RedisClient client = RedisClient.create(RedisURI.create(server.host(), server.port()));
        opened.add(client);
        redis = client.connect().sync();
        broker = broker();
        broker.declare(topic, GROUP);
        producer = broker.producer();
        opened.add(producer);
        producer.send(topic, message("before"));
    }

    @AfterEach
    void disconnect() throws Exception {
        redis.replicaofNoOne();
        redis.configSet("maxmemory", "0");
        for (int i = opened.size() - 1; i >= 0; i--) {
            opened.get(i).close();
        }
    }

    @Test
    void a_batch_that_is_refused_in_part_is_not_added_at_all() {
        int size = 500;
        Set<Integer> accepted = new TreeSet<>();
        AtomicBoolean ended = new AtomicBoolean();
        CompletableFuture<Void> toggledMemoryLimit = CompletableFuture.runAsync(() -> {
            while (!ended.get()) {
                redis.configSet("maxmemory", "1mb");
                redis.configSet("maxmemory", "0");
            }
        });
        for (int batch = 0; batch < 100; batch++) {
            try {
                producer.sendBatch(topic, batch(batch, size));
                accepted.add(batch);
            } catch (MessagingException refused) {
                assertThat(refused).hasMessageContaining("maxmemory");
            }
        }
        ended.set(true);
        toggledMemoryLimit.join();

        List<String> stored = stored();
        assertThat(stored.subList(1, stored.size()))
                .containsExactlyElementsOf(accepted.stream()
                        .flatMap(batch -> batch(batch, size).stream())
                        .map(each -> text(each.value()))
                        .toList());
        assertThat(accepted).hasSizeBetween(1, 99);
    }

    @Test
    void a_new_member_drains_a_server_that_has_reached_maxmemory() {
        for (int i = 0; i < 50; i++) {
            producer.send(topic, message("message " + i));
        }
        redis.configSet("maxmemory", Long.toString(usedMemory() - MEGABYTE / 2));
        assertThatThrownBy(() -> producer.send(topic, message("refused")))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("maxmemory");

        // as after a deployment: there is no other member
        RedisBroker restarted = broker();
        restarted.declare(topic, GROUP);
        var member = member(restarted);

        Set<String> received = new TreeSet<>();
        await().until(() -> {
            member.poll(Duration.ofMillis(100))
                    .forEach(each -> received.add(text(each.message().value())));
            member.commit();
            return received.size() == 51;
        });
    }

    @Test
    void connections_to_a_server_that_became_a_replica_are_replaced() {
        var member = member(broker);
        member.poll(Duration.ofMillis(100));
        Set<String> before = clients();
        redis.replicaof(server.host(), 1); // it is read-only whether or not that primary exists

        assertThatThrownBy(() -> producer.send(topic, message("refused")))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("replica");
        assertThatThrownBy(() -> {
                    member.poll(Duration.ofMillis(100));
                    member.commit();
                })
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("replica");

        // after a failover the address leads to the new primary, but an open connection does not
        await().untilAsserted(() -> assertThat(clients()).doesNotContainAnyElementsOf(before));
    }

    private static List<Message<String, byte[]>> batch(int batch, int size) {
        return IntStream.range(0, size)
                .mapToObj(i -> message(batch + "/" + i + " " + "x".repeat(200)))
                .toList();
    }

    private Set<String> clients() {
        String self = Long.toString(redis.clientId());
        return CLIENT.matcher(redis.clientList())
                .results()
                .map(found -> found.group(1))
                .filter(id -> !id.equals(self))
                .collect(Collectors.toSet());
    }

    private List<String> stored() {
        return redis.xrange(topic.name(), Range.unbounded()).stream()
                .map(StreamMessage::getBody)
                .map(body -> body.get("value"))
                .toList();
    }

    private long usedMemory() {
        return USED.matcher(redis.info("memory"))
                .results()
                .map(MatchResult::group)
                .map(found -> found.substring("used_memory:".length()))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    private RedisBroker broker() {
        RedisBroker opening = new RedisBroker(
                new LettuceConnectionFactory(server.host(), server.port()), RedisMessagingProperties.defaults());
        opened.add(opening);
        return opening;
    }

    private MessageConsumer<String, byte[]> member(RedisBroker of) {
        var joining = of.consumer(GROUP, ConsumerOptions.defaults());
        opened.add(joining);
        joining.subscribe(List.of(topic));
        return joining;
    }

    private static String text(byte[] value) {
        return new String(value, UTF_8);
    }

    private static Message<String, byte[]> message(String text) {
        return new Message<>("key", text.getBytes(UTF_8), Map.of(), Instant.now());
    }
}

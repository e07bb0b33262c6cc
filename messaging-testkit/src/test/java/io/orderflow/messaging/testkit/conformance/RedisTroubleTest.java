package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
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
import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A Redis that is silent, comes and goes, refuses the password, or was emptied. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisTroubleTest {

    private static final String GROUP = "group";
    private static final Duration NOTICED = Duration.ofSeconds(30);
    private static final Duration RECOVERED = Duration.ofSeconds(60);
    private static RedisServer server;

    private final String topic = "trouble-" + UUID.randomUUID();
    private TcpProxy proxy;
    private RedisBroker broker;
    private MessageProducer<String, byte[]> producer;
    private MessageConsumer<String, byte[]> member;

    @BeforeAll
    static void startOne() {
        server = RedisServer.start();
    }

    @AfterAll
    static void stopIt() {
        server.close();
    }

    @BeforeEach
    void connect() {
        proxy = TcpProxy.to(server.host(), server.port());
        broker = new RedisBroker(
                new LettuceConnectionFactory("localhost", proxy.port()), RedisMessagingProperties.defaults());
        broker.declare(Topic.named(topic), GROUP);
        producer = broker.producer();
        producer.send(Topic.named(topic), message("before"));
        member = joined();
        untilReceived("before");
    }

    @AfterEach
    void disconnect() {
        member.close();
        producer.close();
        broker.close();
        proxy.close();
    }

    @Test
    void a_silent_network_is_noticed_by_producer_and_consumer_and_what_follows_arrives() {
        proxy.blackhole();
        assertNoticed(() -> producer.send(Topic.named(topic), message("lost?")));
        assertNoticed(() -> member.poll(Duration.ofMillis(200)));
        assertNoticed(() -> broker.ping(Duration.ofSeconds(2)));

        proxy.heal();
        untilSent("after");
        untilReceived("after");
    }

    @Test
    void a_frozen_server_is_noticed_by_producer_and_consumer_and_what_follows_arrives() {
        server.pause();
        try {
            assertNoticed(() -> producer.send(Topic.named(topic), message("lost?")));
            assertNoticed(() -> member.poll(Duration.ofMillis(200)));
        } finally {
            server.resume();
        }
        untilSent("after");
        untilReceived("after");
    }

    @Test
    void connections_that_end_again_and_again_leave_neither_threads_nor_connections_behind() {
        untilSent("first");
        untilReceived("first");
        int threads = Thread.activeCount();
        int connections = proxy.connections();
        for (int round = 0; round < 20; round++) {
            proxy.reset();
            untilSent("round " + round);
            untilReceived("round " + round);
        }

        await().untilAsserted(() -> assertThat(proxy.connections()).isLessThanOrEqualTo(connections));
        await().untilAsserted(() -> assertThat(Thread.activeCount()).isLessThanOrEqualTo(threads + 4));
    }

    @Test
    void a_wrong_password_is_named_and_the_right_one_is_enough_to_go_on() {
        RedisClient client = RedisClient.create(RedisURI.create(server.host(), server.port()));
        RedisCommands<String, String> redis = client.connect().sync();
        try {
            redis.configSet("requirepass", "another");
            redis.auth("another");
            proxy.reset();
            // the reset reaches the client a moment later; until then a send fails with the lost connection, not the
            // password
            await().untilAsserted(() -> assertThatThrownBy(() -> producer.send(Topic.named(topic), message("refused")))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("spring.data.redis.password"));
            assertThatThrownBy(() -> member.poll(Duration.ofMillis(200))).isInstanceOf(MessagingException.class);
        } finally {
            redis.configSet("requirepass", "");
            client.shutdown();
        }

        untilSent("after");
        untilReceived("after");
    }

    @Test
    void after_everything_was_flushed_what_is_sent_arrives() {
        RedisClient client = RedisClient.create(RedisURI.create(server.host(), server.port()));
        try {
            client.connect().sync().flushall();
            producer.send(Topic.named(topic), message("right after"));
            untilReceived("right after");
            untilSent("later");
            untilReceived("later");
        } finally {
            client.shutdown();
        }
    }

    private static void assertNoticed(Runnable action) {
        long started = System.nanoTime();
        assertThatThrownBy(action::run).isInstanceOf(MessagingException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(NOTICED);
    }

    private void untilSent(String text) {
        await().atMost(RECOVERED).ignoreException(MessagingException.class).until(() -> {
            producer.send(Topic.named(topic), message(text));
            return true;
        });
    }

    /** Reads as a consuming loop does: a member that fails is closed, and another one opened. */
    private void untilReceived(String text) {
        Set<String> received = new TreeSet<>();
        await().atMost(RECOVERED).until(() -> {
            try {
                member.poll(Duration.ofMillis(200))
                        .forEach(each -> received.add(new String(each.message().value(), UTF_8)));
                member.commit();
            } catch (MessagingException e) {
                member.close();
                reopen();
            }
            return received.contains(text);
        });
    }

    private void reopen() {
        try {
            member = joined();
        } catch (MessagingException stillAway) {
            // the next turn tries again
        }
    }

    private MessageConsumer<String, byte[]> joined() {
        var joining = broker.consumer(GROUP, ConsumerOptions.defaults());
        joining.subscribe(List.of(Topic.named(topic)));
        return joining;
    }

    private static Message<String, byte[]> message(String text) {
        return new Message<>("key", text.getBytes(UTF_8), Map.of(), Instant.now());
    }
}

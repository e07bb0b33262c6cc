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
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** A Redis that does not answer, loses connections, refuses the password, or was flushed. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
class RedisOutageTest {

    private static final String GROUP = "group";
    private static final Duration DETECTED = Duration.ofSeconds(30);
    private static final Duration RECOVERED = Duration.ofSeconds(60);
    private static RedisServer server;

    private final String topic = "outage-" + UUID.randomUUID();
    private TcpProxy proxy;
    private RedisBroker broker;
    private MessageProducer<String, byte[]> producer;
    private MessageConsumer<String, byte[]> member;

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
    void producer_and_consumer_detect_a_network_that_drops_everything_and_recover() {
        proxy.blackhole();
        assertDetected(() -> producer.send(Topic.named(topic), message("lost?")));
        assertDetected(() -> member.poll(Duration.ofMillis(200)));
        assertDetected(() -> broker.ping(Duration.ofSeconds(2)));

        proxy.heal();
        untilSent("after");
        untilReceived("after");
    }

    @Test
    void producer_and_consumer_detect_a_suspended_server_and_recover() {
        server.pause();
        try {
            assertDetected(() -> producer.send(Topic.named(topic), message("lost?")));
            assertDetected(() -> member.poll(Duration.ofMillis(200)));
        } finally {
            server.resume();
        }
        untilSent("after");
        untilReceived("after");
    }

    @Test
    void repeatedly_lost_connections_leak_neither_threads_nor_connections() {
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
    void a_wrong_password_is_reported_and_the_right_one_is_enough_to_recover() {
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
    void messages_sent_after_a_flush_are_delivered() {
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

    @Test
    void a_send_on_a_producer_that_is_closed_meanwhile_fails_with_a_messaging_exception() {
        List<Message<String, byte[]>> batch = Collections.nCopies(1_000, message("sent until closed"));
        for (int round = 0; round < 5; round++) {
            MessageProducer<String, byte[]> closing = broker.producer();
            closing.send(Topic.named(topic), message("connected"));
            CountDownLatch sending = new CountDownLatch(1);
            CompletableFuture<Void> sender = CompletableFuture.runAsync(() -> {
                while (true) {
                    closing.sendBatch(Topic.named(topic), batch);
                    sending.countDown();
                }
            });
            await().until(() -> sending.getCount() == 0);
            closing.close();
            assertThatThrownBy(sender::join).hasCauseInstanceOf(MessagingException.class);
        }
    }

    private static void assertDetected(Runnable action) {
        long started = System.nanoTime();
        assertThatThrownBy(action::run).isInstanceOf(MessagingException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - started)).isLessThan(DETECTED);
    }

    private void untilSent(String text) {
        await().atMost(RECOVERED).ignoreException(MessagingException.class).until(() -> {
            producer.send(Topic.named(topic), message(text));
            return true;
        });
    }

    /** Reads as the consumer loop does: a member that fails is replaced. */
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
        } catch (MessagingException unavailable) {
            // the next iteration tries again
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

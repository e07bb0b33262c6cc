package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.servers.RabbitServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** Lost, silent and blocked connections to RabbitMQ. */
@ExtendWith(OutputCaptureExtension.class)
class RabbitConnectionTest {

    private static final RabbitServer SERVER = RabbitServer.find();
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(100);
    private static final Duration DETECTED_WITHIN = Duration.ofSeconds(30);

    private final String topic = "connection-" + UUID.randomUUID();
    private final Set<String> received = new HashSet<>();
    private TcpProxy network;
    private RabbitBroker broker;
    private MessageProducer<String, byte[]> producer;
    private MessageConsumer<String, byte[]> member;
    private boolean subscribed;

    @BeforeEach
    void connect() {
        network = TcpProxy.to(SERVER.host(), SERVER.port());
        var connections = new CachingConnectionFactory("localhost", network.port());
        connections.setUsername(SERVER.user());
        connections.setPassword(SERVER.password());
        broker = new RabbitBroker(connections, RabbitMessagingProperties.defaults());
        broker.declare(Topic.named(topic), "group");
        producer = broker.producer();
        member = broker.consumer("group", ConsumerOptions.defaults());
        producer.send(Topic.named(topic), message("first"));
        await().atMost(LONG).until(() -> read().contains("first"));
    }

    @AfterEach
    void disconnect() throws Exception {
        network.close();
        member.close();
        broker.close();
        var connections = new CachingConnectionFactory(SERVER.uri());
        try {
            RabbitTopics.delete(connections, Topic.named(topic), "group");
        } finally {
            connections.destroy();
        }
    }

    @Test
    void a_silent_network_fails_producer_and_consumer() {
        Instant silence = Instant.now();
        network.blackhole();

        assertThatThrownBy(() -> producer.send(Topic.named(topic), message("lost?")))
                .isInstanceOf(MessagingException.class);
        assertThat(Duration.between(silence, Instant.now())).isLessThan(DETECTED_WITHIN);
        assertThatThrownBy(() -> member.poll(LONG)).isInstanceOf(MessagingException.class);
        assertThat(Duration.between(silence, Instant.now())).isLessThan(DETECTED_WITHIN);

        network.heal();
        assertDelivered("after the silence");
    }

    @Test
    void a_flapping_network_leaks_no_connections_or_threads(CapturedOutput log) {
        for (int round = 0; round < 3; round++) {
            network.reset();
            assertDelivered("warm-up " + round);
        }
        int threads = ManagementFactory.getThreadMXBean().getThreadCount();
        int connections = network.connections();
        for (int round = 0; round < 15; round++) {
            network.reset();
            assertDelivered("round " + round);
        }

        await().atMost(LONG).untilAsserted(() -> {
            assertThat(network.connections()).as("connections").isLessThanOrEqualTo(connections);
            assertThat(ManagementFactory.getThreadMXBean().getThreadCount())
                    .as("threads")
                    .isLessThanOrEqualTo(threads + 2);
        });
        assertThat(log.getAll().lines().filter(line -> line.contains(" WARN ") && line.contains("RabbitConnections")))
                .as("warnings about connections, which their users report")
                .isEmpty();
    }

    @Test
    void connections_closed_by_the_operator_are_opened_again() {
        for (int round = 0; round < 3; round++) {
            SERVER.control("close_all_connections", "maintenance");
            assertDelivered("round " + round);
        }
    }

    @Test
    void a_memory_alarm_fails_producers_and_not_consumers() {
        producer.send(Topic.named(topic), message("before"));
        SERVER.control("set_vm_memory_high_watermark", "absolute", "1");
        try {
            await().atMost(LONG)
                    .untilAsserted(() -> assertThatThrownBy(() -> producer.send(Topic.named(topic), message("during")))
                            .isInstanceOf(MessagingException.class)
                            .hasMessageContaining("memory"));
            await().atMost(LONG).until(() -> read().contains("before"));
        } finally {
            SERVER.control("set_vm_memory_high_watermark", "0.4");
        }
        assertDelivered("after");
    }

    /** As the relay and the consumer loop: whatever throws is tried again. */
    private void assertDelivered(String text) {
        await("'" + text + "' is accepted")
                .atMost(LONG)
                .ignoreException(MessagingException.class)
                .until(() -> {
                    producer.send(Topic.named(topic), message(text));
                    return true;
                });
        await("'" + text + "' is read").atMost(LONG).until(() -> {
            try {
                return read().contains(text);
            } catch (MessagingException e) {
                member.close();
                member = broker.consumer("group", ConsumerOptions.defaults());
                subscribed = false;
                return false;
            }
        });
    }

    private Set<String> read() {
        if (!subscribed) {
            member.subscribe(List.of(Topic.named(topic)));
            subscribed = true;
        }
        member.poll(SHORT)
                .forEach(delivery -> received.add(new String(delivery.message().value(), UTF_8)));
        member.commit();
        return received;
    }

    private static Message<String, byte[]> message(String text) {
        return new Message<>("key", text.getBytes(UTF_8), Map.of(), Instant.now());
    }
}

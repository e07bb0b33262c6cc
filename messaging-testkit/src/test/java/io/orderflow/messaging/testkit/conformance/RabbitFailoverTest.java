package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.KeyPartition;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.servers.RabbitServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** How soon another member consumes the partitions of a failed one. */
class RabbitFailoverTest {

    private static final Logger log = LoggerFactory.getLogger(RabbitFailoverTest.class);
    private static final RabbitServer SERVER = RabbitServer.find();
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofMillis(50);
    private static final int MESSAGES = 60;

    private final String topic = "failover-" + UUID.randomUUID();
    private final TcpProxy network = TcpProxy.to(SERVER.host(), SERVER.port());
    private final RabbitBroker broker = broker(SERVER.host(), SERVER.port());
    private final RabbitBroker behindNetwork = broker("localhost", network.port());

    @BeforeEach
    void declare() {
        broker.declare(Topic.named(topic), "group");
    }

    @AfterEach
    void cleanUp() throws Exception {
        network.close();
        behindNetwork.close();
        var connections = new CachingConnectionFactory(SERVER.uri());
        try {
            RabbitTopics.delete(connections, Topic.named(topic), "group");
        } finally {
            connections.destroy();
        }
        broker.close();
    }

    /** The operating system closes the connections of a killed process. */
    @Test
    void partitions_of_a_killed_process_are_consumed_by_another_member_within_seconds() {
        assertThat(failoverAfter(network::refuse)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void partitions_of_a_silent_member_are_consumed_by_another_one_within_20_seconds() {
        assertThat(failoverAfter(network::blackhole)).isLessThan(Duration.ofSeconds(20));
    }

    private Duration failoverAfter(Runnable fault) {
        try (var failed = member(behindNetwork);
                var other = member(broker)) {
            Set<Integer> owned = new HashSet<>();
            send();
            await().atMost(LONG).until(() -> {
                poll(failed).forEach(text -> owned.add(partition(text)));
                return poll(other).size() + owned.size() > 0 && !owned.isEmpty();
            });
            Instant started = Instant.now();
            fault.run();
            Set<String> received = new HashSet<>();
            send();
            await().atMost(LONG).until(() -> {
                received.addAll(poll(other));
                other.commit();
                return IntStream.range(0, Topic.DEFAULT_PARTITIONS)
                        .allMatch(partition -> received.stream().anyMatch(text -> partition(text) == partition));
            });
            Duration took = Duration.between(started, Instant.now());
            log.info("the other member consumes all partitions after {} ms", took.toMillis());
            return took;
        }
    }

    private void send() {
        try (var producer = broker.producer()) {
            producer.sendBatch(
                    Topic.named(topic),
                    IntStream.range(0, MESSAGES)
                            .mapToObj(i -> "key" + i)
                            .map(key -> new Message<>(key, key.getBytes(UTF_8), Map.of(), Instant.now()))
                            .toList());
        }
    }

    private static int partition(String key) {
        return KeyPartition.of(key, Topic.DEFAULT_PARTITIONS);
    }

    private MessageConsumer<String, byte[]> member(RabbitBroker of) {
        var member = of.consumer("group", ConsumerOptions.defaults());
        member.subscribe(List.of(Topic.named(topic)));
        return member;
    }

    private static List<String> poll(MessageConsumer<String, byte[]> member) {
        return member.poll(SHORT).stream()
                .map(delivery -> new String(delivery.message().value(), UTF_8))
                .toList();
    }

    private static RabbitBroker broker(String host, int port) {
        var connections = new CachingConnectionFactory(host, port);
        connections.setUsername(SERVER.user());
        connections.setPassword(SERVER.password());
        return new RabbitBroker(connections, RabbitMessagingProperties.defaults());
    }
}

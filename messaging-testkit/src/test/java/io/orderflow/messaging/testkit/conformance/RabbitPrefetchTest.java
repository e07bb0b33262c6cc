package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.servers.RabbitServer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** How many messages a member prefetches, and for how long. */
class RabbitPrefetchTest {

    private static final RabbitServer SERVER = RabbitServer.find();
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String topic = "prefetch-" + UUID.randomUUID();
    private final CachingConnectionFactory connections = new CachingConnectionFactory(SERVER.uri());
    private final RabbitBroker broker = new RabbitBroker(connections, RabbitMessagingProperties.defaults());

    @BeforeEach
    void declare() {
        broker.declare(Topic.named(topic).withPartitions(1), "group");
    }

    @AfterEach
    void cleanUp() {
        RabbitTopics.delete(connections, Topic.named(topic).withPartitions(1), "group");
        broker.close();
    }

    /** Both the backlog and what is prefetched take longer than RabbitMQ waits for an acknowledgement. */
    @Test
    void a_backlog_that_takes_longer_than_consumer_timeout_is_handled_once() {
        send(100, 10);
        consumerTimeout("2000", "200");
        ConsumerOptions options = ConsumerOptions.defaults().withPollHandling(Duration.ofMillis(500));
        List<String> handled = new ArrayList<>();
        try (MessageConsumer<String, byte[]> member = broker.consumer("group", options)) {
            member.subscribe(List.of(Topic.named(topic).withPartitions(1)));
            while (handled.size() < 100) {
                for (Delivery<String, byte[]> delivery : member.poll(LONG)) {
                    LockSupport.parkNanos(Duration.ofMillis(40).toNanos()); // a slow handler
                    handled.add(text(delivery));
                }
                member.commit();
            }
        } finally {
            consumerTimeout("1800000", "60000");
        }

        assertThat(handled)
                .isEqualTo(IntStream.range(0, 100).mapToObj(i -> "m" + i).toList());
    }

    @Test
    void large_messages_are_prefetched_up_to_the_byte_limit_and_delivered_in_order() {
        send(30, 900_000);
        List<String> received = new ArrayList<>();
        int largestPoll = 0;
        try (MessageConsumer<String, byte[]> member = broker.consumer("group", ConsumerOptions.defaults())) {
            member.subscribe(List.of(Topic.named(topic).withPartitions(1)));
            while (received.size() < 30) {
                List<Delivery<String, byte[]>> polled = member.poll(LONG);
                largestPoll = Math.max(largestPoll, polled.size());
                polled.forEach(delivery -> received.add(text(delivery)));
                member.commit();
            }
        }

        assertThat(received)
                .isEqualTo(IntStream.range(0, 30).mapToObj(i -> "m" + i).toList());
        assertThat(largestPoll).as("8 MB of them").isLessThanOrEqualTo(9);
    }

    private void send(int messages, int bytes) {
        try (var producer = broker.producer()) {
            producer.sendBatch(
                    Topic.named(topic).withPartitions(1),
                    IntStream.range(0, messages)
                            .mapToObj(i -> new Message<>(
                                    "key", ("m" + i + " ".repeat(bytes)).getBytes(UTF_8), Map.of(), Instant.now()))
                            .toList());
        }
    }

    private static String text(Delivery<String, byte[]> delivery) {
        return new String(delivery.message().value(), UTF_8).strip();
    }

    /** RabbitMQ checks its channels once per tick. Both settings are read when a channel is opened. */
    private static void consumerTimeout(String millis, String tick) {
        SERVER.control(
                "eval",
                "application:set_env(rabbit, consumer_timeout, " + millis
                        + "), application:set_env(rabbit, channel_tick_interval, " + tick + ").");
    }
}

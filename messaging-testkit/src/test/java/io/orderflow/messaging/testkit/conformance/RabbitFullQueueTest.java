package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.AMQP.BasicProperties;
import com.rabbitmq.client.Channel;
import com.rabbitmq.client.DefaultConsumer;
import com.rabbitmq.client.Envelope;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.servers.RabbitServer;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** A queue with a {@code max-length} policy refuses messages while it is full, and accepts more when a consumer reads. */
class RabbitFullQueueTest {

    private static final RabbitServer SERVER = RabbitServer.find();
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int BATCH = 50;
    private static final int MESSAGES = 12 * BATCH;

    private final String topic = "full-" + UUID.randomUUID();
    private final CachingConnectionFactory connections = new CachingConnectionFactory(SERVER.uri());
    private final RabbitBroker broker = new RabbitBroker(connections, RabbitMessagingProperties.defaults());

    @AfterEach
    void cleanUp() {
        SERVER.control("clear_policy", topic);
        RabbitTopics.delete(connections, Topic.named(topic).withPartitions(1), "group");
        broker.close();
    }

    @Test
    void a_key_keeps_its_order_when_a_full_queue_refuses_part_of_a_batch() throws Exception {
        broker.declare(Topic.named(topic).withPartitions(1), "group");
        SERVER.control("set_policy", "--apply-to", "queues", topic, "^" + topic, "{\"max-length\":10}");
        Set<Integer> seen = Collections.synchronizedSet(new LinkedHashSet<>());
        try (MessageProducer<String, byte[]> producer = broker.producer();
                Channel reading = connections.createConnection().getDelegate().createChannel()) {
            await("the queue is full").atMost(LONG).until(() -> !accepted(producer, 0));
            read(reading, seen);

            for (int from = 0; from < MESSAGES; from += BATCH) {
                int first = from;
                await("the batch is accepted")
                        .atMost(LONG)
                        .pollInterval(Duration.ofMillis(1))
                        .until(() -> accepted(producer, first));
            }

            await("all is read").atMost(LONG).until(() -> seen.size() == MESSAGES);
        }
        assertThat(seen)
                .as("in the order of first delivery")
                .containsExactlyElementsOf(IntStream.range(0, MESSAGES).boxed().toList());
    }

    /** A foreign consumer with a small prefetch, so that the queue stays almost full. */
    private void read(Channel channel, Set<Integer> seen) throws IOException {
        channel.basicQos(20);
        channel.basicConsume(topic + ".group.0", false, new DefaultConsumer(channel) {
            @Override
            public void handleDelivery(String tag, Envelope envelope, BasicProperties properties, byte[] body)
                    throws IOException {
                seen.add(Integer.valueOf(new String(body, UTF_8)));
                if (envelope.getDeliveryTag() % 3 == 0 || seen.size() == MESSAGES) {
                    channel.basicAck(envelope.getDeliveryTag(), true);
                }
            }
        });
    }

    /** As the relay: a batch that was not accepted as a whole is sent again from its beginning. */
    private boolean accepted(MessageProducer<String, byte[]> producer, int from) {
        try {
            producer.sendBatch(
                    Topic.named(topic).withPartitions(1),
                    IntStream.range(from, from + BATCH)
                            .mapToObj(Integer::toString)
                            .map(text -> new Message<>("key", text.getBytes(UTF_8), Map.of(), Instant.now()))
                            .toList());
            return true;
        } catch (MessagingException e) {
            return false;
        }
    }
}

package io.orderflow.messaging.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.rabbitmq.client.Channel;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.servers.RabbitServer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** Declarations that RabbitMQ refuses, each with the reason. */
class RabbitDeclarationsTest {

    private static final RabbitServer SERVER = RabbitServer.find();

    private final String topic = "declared-" + UUID.randomUUID();
    private final CachingConnectionFactory connections = new CachingConnectionFactory(SERVER.uri());
    private final RabbitBroker broker = new RabbitBroker(connections, RabbitMessagingProperties.defaults());

    @BeforeEach
    void declare() {
        broker.declare(Topic.named(topic), "group");
    }

    @AfterEach
    void cleanUp() {
        RabbitTopics.delete(connections, Topic.named(topic), "group");
        broker.close();
    }

    @Test
    void another_number_of_partitions_is_refused_with_both_numbers() {
        try (RabbitBroker other = other()) {
            assertThatThrownBy(() -> other.declare(Topic.named(topic).withPartitions(8)))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("'" + topic + "' has 6 partitions")
                    .hasMessageContaining("declares it with 8");
        }
    }

    @Test
    void a_producer_without_a_declaration_is_refused_on_another_number_of_partitions() throws Exception {
        Channel admin = connections.createConnection().getDelegate().createChannel();
        String eight = topic + "-eight";
        broker.declare(Topic.named(eight).withPartitions(8));
        try (RabbitBroker other = other();
                var unaware = other.producer()) {
            assertThatThrownBy(() -> unaware.send(
                            Topic.named(eight), new Message<>("key", new byte[0], Map.of(), Instant.now())))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("'" + eight + "' has 8 partitions")
                    .hasMessageContaining("declares it with 6");
        } finally {
            for (String suffix : List.of("", ".groups", ".unpartitioned-of-8")) {
                admin.exchangeDelete(eight + suffix);
            }
        }
    }

    @Test
    void a_keyed_topic_cannot_be_declared_as_a_work_queue() {
        try (RabbitBroker other = other()) {
            assertThatThrownBy(() -> other.declare(Topic.named(topic).asWorkQueue(), "group"))
                    .isInstanceOf(MessagingException.class)
                    .hasMessageContaining("'" + topic + "' is a keyed topic")
                    .hasMessageContaining("work queue");
        }
    }

    @Test
    void names_that_are_too_long_together_are_refused() {
        assertThatThrownBy(() -> broker.declare(Topic.named(topic), "g".repeat(220)))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining(topic)
                .hasMessageContaining("255");
    }

    private static RabbitBroker other() {
        return new RabbitBroker(new CachingConnectionFactory(SERVER.uri()), RabbitMessagingProperties.defaults());
    }
}

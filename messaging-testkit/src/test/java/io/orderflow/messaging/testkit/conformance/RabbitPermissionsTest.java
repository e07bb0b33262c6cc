package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageFilter;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.servers.RabbitServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

/** A user with permission to write and read but not to configure, where operators declare the topology. */
@ExtendWith(OutputCaptureExtension.class)
class RabbitPermissionsTest {

    private static final RabbitServer SERVER = RabbitServer.find();
    private static final Duration LONG = Duration.ofSeconds(20);
    private static final String USER = "restricted-" + UUID.randomUUID();
    private static final String PASSWORD = "secret";

    private final String topic = "permissions-" + UUID.randomUUID();
    private final CachingConnectionFactory connections = new CachingConnectionFactory(SERVER.uri());
    private final RabbitBroker operator = new RabbitBroker(connections, RabbitMessagingProperties.defaults());
    private final RabbitBroker restricted = restricted();

    @BeforeAll
    static void addUser() {
        SERVER.control("add_user", USER, PASSWORD);
        SERVER.control("set_permissions", USER, "^$", ".*", ".*");
    }

    @AfterAll
    static void deleteUser() {
        SERVER.control("delete_user", USER);
    }

    @AfterEach
    void cleanUp() {
        restricted.close();
        RabbitTopics.delete(connections, Topic.named(topic).withPartitions(1), "group");
        operator.close();
    }

    @Test
    void a_user_without_configure_permission_sends_to_and_reads_an_existing_topic() {
        Topic existing = Topic.named(topic).withPartitions(1);
        operator.declare(existing, "group");
        restricted.declare(existing, "group");
        try (var producer = restricted.producer();
                var member = restricted.consumer("group", ConsumerOptions.defaults())) {
            member.subscribe(List.of(Topic.named(topic).withPartitions(1)));
            producer.send(
                    Topic.named(topic).withPartitions(1),
                    new Message<>("key", "value".getBytes(UTF_8), Map.of(), Instant.now()));

            assertThat(member.poll(LONG))
                    .extracting(delivery -> new String(delivery.message().value(), UTF_8))
                    .containsExactly("value");
            member.commit();
        }
    }

    @Test
    void a_filter_that_the_user_may_not_declare_is_logged(CapturedOutput output) {
        Topic existing = Topic.named(topic).withPartitions(1);
        operator.declare(existing, "group");
        ConsumerOptions filtered =
                ConsumerOptions.defaults().withFilter(MessageFilter.NONE.matching(List.of("order.created.*")));
        try (var member = restricted.consumer("group", filtered)) {
            member.subscribe(List.of(existing));
        }

        assertThat(output)
                .contains("The filter of group on " + topic + " could not be declared", "may be another filter");
    }

    @Test
    void a_missing_exchange_or_queue_is_named_with_what_to_do() {
        operator.declare(Topic.named(topic).withPartitions(1));

        assertThatThrownBy(() -> restricted.declare(Topic.named(topic).withPartitions(1), "group"))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("queue '" + topic + ".group.0'")
                .hasMessageContaining("permission");
        assertThatThrownBy(() -> restricted.declare(Topic.named(topic).withPartitions(2)))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("'" + topic + ".unpartitioned-of-2'");
    }

    private static RabbitBroker restricted() {
        CachingConnectionFactory factory = new CachingConnectionFactory(SERVER.host(), SERVER.port());
        factory.setUsername(USER);
        factory.setPassword(PASSWORD);
        return new RabbitBroker(factory, RabbitMessagingProperties.defaults());
    }
}

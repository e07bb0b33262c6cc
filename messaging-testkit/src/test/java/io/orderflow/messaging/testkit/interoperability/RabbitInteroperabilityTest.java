package io.orderflow.messaging.testkit.interoperability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.orderflow.servers.RabbitServer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.core.Message;
import org.springframework.amqp.rabbit.annotation.Exchange;
import org.springframework.amqp.rabbit.annotation.Queue;
import org.springframework.amqp.rabbit.annotation.QueueBinding;
import org.springframework.amqp.rabbit.annotation.RabbitListener;
import org.springframework.boot.amqp.autoconfigure.RabbitAutoConfiguration;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;

/** amqp-tools and a plain {@code @RabbitListener} exchange events with the library. */
class RabbitInteroperabilityTest {

    private static final String SERVER = RabbitServer.find().uri().toString();
    private static final NotesApplication NOTES =
            new NotesApplication(Map.of("messaging.broker", "rabbitmq", "spring.rabbitmq.addresses", SERVER));

    @AfterAll
    static void stop() {
        NOTES.close();
    }

    @Test
    void amqp_publish_sends_plain_json() throws Exception {
        Note note = new Note("linus", "sent by amqp-publish");

        new Tool("amqp-publish").run("", "-u", SERVER, "-e", NOTES.topic(), "-r", "linus", "-b", note.json());

        NOTES.assertHandled(note);
    }

    @Test
    void amqp_consume_reads_an_event_from_a_queue_of_its_own() throws Exception {
        String queue = NOTES.topic() + "-tool";
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(SERVER);
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            channel.queueDeclare(queue, false, false, false, Map.of());
            channel.queueBind(queue, NOTES.topic(), "#");
        }
        Note note = new Note("margaret", "read by amqp-consume");
        NOTES.publish(note);

        assertThat(new Tool("amqp-consume").run("", "-u", SERVER, "-q", queue, "-c", "1", "cat"))
                .contains(note.json());
        NOTES.assertHandled(note);
    }

    @Test
    void a_plain_rabbit_listener_reads_an_event_with_the_defaults_of_spring_boot() throws Exception {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Listener.class)
                .properties(Map.of(
                        "topic",
                        NOTES.topic(),
                        "messaging.broker", // the library is on the class path, and demands a choice
                        "rabbitmq",
                        "spring.rabbitmq.addresses",
                        SERVER))
                .run()) {
            Note note = new Note("ada", "read by a listener");
            NOTES.publish(note);

            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(context.getBean(Listener.class).received).contains(note.json()));
            NOTES.assertHandled(note);
        }
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(RabbitAutoConfiguration.class)
    static class Listener {

        private final List<String> received = new CopyOnWriteArrayList<>();

        @RabbitListener(
                bindings =
                        @QueueBinding(
                                value = @Queue,
                                exchange = @Exchange(name = "${topic}", declare = "false"),
                                key = "#"))
        void on(Message message) {
            received.add(new String(message.getBody(), UTF_8));
        }
    }
}

package io.orderflow.messaging.testkit.conformance;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
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
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** RabbitMQ's answers concern the batch that they belong to, while other batches wait for theirs. */
class RabbitConfirmsTest {

    private static final RabbitServer SERVER = RabbitServer.find();
    private static final Duration LONG = Duration.ofSeconds(60);

    private final String run = UUID.randomUUID().toString();
    private final String slow = "confirms-slow-" + run;
    private final String other = "confirms-other-" + run;
    private final CachingConnectionFactory connections = new CachingConnectionFactory(SERVER.uri());
    private final RabbitBroker broker = new RabbitBroker(connections, new RabbitMessagingProperties(LONG));
    private final MessageProducer<String, byte[]> producer = broker.producer();

    /** A send that awaits its confirm on another thread. */
    private record Waiting(Thread thread, CompletableFuture<Void> outcome) {}

    @BeforeEach
    void declare() {
        broker.declare(Topic.named(slow).withPartitions(1), "group");
        broker.declare(Topic.named(other).withPartitions(1), "group");
    }

    @AfterEach
    void cleanUp() {
        producer.close();
        for (String topic : List.of(slow, other)) {
            RabbitTopics.delete(connections, Topic.named(topic).withPartitions(1), "group");
        }
        broker.close();
    }

    @Test
    void the_confirm_of_an_interrupted_send_confirms_no_other() {
        producer.send(Topic.named(slow).withPartitions(1), message("opens the channel"));
        suspend(slow, other);
        try {
            Waiting first = sendInBackground(slow, message("unconfirmed"));
            Waiting second = sendInBackground(other, message("interrupted"));
            second.thread().interrupt();
            assertThatThrownBy(second.outcome()::join).hasCauseInstanceOf(MessagingException.class);

            resume(other);
            producer.send(Topic.named(other).withPartitions(1), message("confirmed after the interrupted one"));

            assertThat(first.outcome()).as("nothing has confirmed it").isNotDone();
            resume(slow);
            assertThat(first.outcome()).succeedsWithin(LONG);
        } finally {
            resume(slow, other);
        }
    }

    @Test
    void a_message_that_is_too_large_for_the_broker_rejects_only_its_own_batch() {
        limitMessages("1000");
        try {
            producer.send(Topic.named(slow).withPartitions(1), message("opens the channel"));
            suspend(slow);
            Waiting unaffected = sendInBackground(slow, message("small"));

            assertThatThrownBy(() -> producer.send(Topic.named(other).withPartitions(1), message("x".repeat(2000))))
                    .isInstanceOf(MessageRejectedException.class)
                    .hasMessageContaining("2000");

            resume(slow);
            assertThat(unaffected.outcome()).succeedsWithin(LONG);
            try (var member = broker.consumer("group", ConsumerOptions.defaults())) {
                member.subscribe(List.of(Topic.named(slow).withPartitions(1)));
                List<String> arrived = new ArrayList<>();
                await("both are delivered, by one poll or two").atMost(LONG).untilAsserted(() -> {
                    member.poll(Duration.ofSeconds(1))
                            .forEach(delivery ->
                                    arrived.add(new String(delivery.message().value(), UTF_8)));
                    assertThat(arrived).contains("small");
                });
            }
        } finally {
            resume(slow);
            limitMessages("134217728");
        }
    }

    private Waiting sendInBackground(String topic, Message<String, byte[]> message) {
        CompletableFuture<Void> outcome = new CompletableFuture<>();
        Thread thread = new Thread(() -> {
            try {
                producer.send(Topic.named(topic).withPartitions(1), message);
                outcome.complete(null);
            } catch (Throwable e) {
                outcome.completeExceptionally(e);
            }
        });
        thread.start();
        await("it awaits its confirm").until(() -> thread.getState() == Thread.State.TIMED_WAITING);
        return new Waiting(thread, outcome);
    }

    /** The queues process no commands, as on an overloaded node. */
    private static void suspend(String... topics) {
        eachQueue("suspend", topics);
    }

    private static void resume(String... topics) {
        eachQueue("resume", topics);
    }

    private static void eachQueue(String what, String... topics) {
        String queues =
                Stream.of(topics).map(topic -> "'%2F_" + topic + ".group.0'").collect(Collectors.joining(", "));
        SERVER.control("eval", "[sys:" + what + "(whereis(Queue)) || Queue <- [" + queues + "]].");
    }

    /** RabbitMQ 3.x reads one of the two, 4.x the other, when a channel is opened. */
    private static void limitMessages(String bytes) {
        SERVER.control(
                "eval",
                "application:set_env(rabbit, max_message_size, " + bytes + "), persistent_term:put(max_message_size, "
                        + bytes + ").");
    }

    private static Message<String, byte[]> message(String value) {
        return new Message<>("key", value.getBytes(UTF_8), Map.of(), Instant.now());
    }
}

package io.orderflow.messaging.testkit.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.servers.KafkaServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A handler that takes longer than max.poll.interval, for which Kafka would shut its member out. No inbox helps here. */
class KafkaSlowHandlerTest {

    private static final KafkaServer SERVER = KafkaServer.find();
    private static final Duration MAX_POLL_INTERVAL = Duration.ofSeconds(2);
    private static final Duration LONG = Duration.ofSeconds(30);
    private static final int EACH = 12;

    record Placed(String orderId) {}

    private final String topic = "slow-" + UUID.randomUUID();
    private final Map<String, Integer> effects = new ConcurrentHashMap<>();
    private final Map<String, String> handledBy = new ConcurrentHashMap<>();
    private final CountDownLatch slowBegun = new CountDownLatch(1);
    private final CountDownLatch slowMayEnd = new CountDownLatch(1);
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    @AfterEach
    void close() throws Exception {
        slowMayEnd.countDown();
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void keeps_its_partitions_and_its_messages_and_holds_up_no_other_member() throws Exception {
        List<Consumers> instances = List.of(instance("one"), instance("two"));
        send("before", EACH);
        await().atMost(LONG).until(() -> handled("before") == EACH);
        sendUntilBothTakePart();
        int warm = effects.size();

        send("slow", 1);
        slowBegun.await();
        long slowSince = System.nanoTime();
        send("meanwhile", EACH);
        String slowOne = handledBy.get("slow-0");
        await().atMost(LONG)
                .until(() -> handledBy.entrySet().stream()
                        .anyMatch(each -> each.getKey().startsWith("meanwhile")
                                && !each.getValue().equals(slowOne)));
        await().atMost(LONG)
                .until(() -> System.nanoTime() - slowSince
                        > MAX_POLL_INTERVAL.multipliedBy(3).toNanos());
        assertThat(instances.stream().flatMap(each -> each.states().stream()))
                .allMatch(state -> state.problem() == null && state.alive());
        slowMayEnd.countDown();

        await().atMost(LONG).until(() -> effects.size() == warm + 1 + EACH);
        send("after", EACH);
        await().atMost(LONG).until(() -> handled("after") == EACH);
        assertThat(effects.values()).as("effects of each").containsOnly(1);
        assertThat(handledBy.values()).as("members at work").contains("one", "two");
    }

    private void sendUntilBothTakePart() {
        for (int round = 0; handledBy.values().stream().distinct().count() < 2; round++) {
            assertThat(round).as("rounds until both members take part").isLessThan(100);
            String name = "warm-up" + round;
            send(name, EACH);
            await().atMost(LONG).until(() -> handled(name) == EACH);
        }
    }

    private Consumers instance(String name) {
        KafkaBroker broker = new KafkaBroker(
                Map.of("bootstrap.servers", SERVER.bootstrapServers()), KafkaMessagingProperties.defaults());
        opened.push(broker);
        TopicCatalog catalog = new TopicCatalog(Map.of());
        Pipeline pipeline = new Pipeline(
                new DirectRecoverer(broker.producer()),
                PipelineFeatures.NONE,
                new SimpleMeterRegistry(),
                InstantSource.system());
        EventSubscription subscription = EventSubscription.of(topic, "stock")
                .takingUntyped()
                .on(Placed.class, "order.placed.v1", (placed, context) -> handle(placed, context, name))
                .reading(ConsumerOptions.defaults()
                        .withPollHandling(MAX_POLL_INTERVAL)
                        .withMaxPollMessages(1));
        Consumers consumers = new Consumers(Brokers.only(broker), catalog, pipeline, List.of(subscription), List.of());
        broker.declare(Topic.named(topic), "stock");
        opened.push(consumers::stop);
        consumers.start();
        return consumers;
    }

    private void handle(Placed placed, EventContext context, String instance) throws InterruptedException {
        handledBy.put(placed.orderId(), instance);
        if (placed.orderId().startsWith("slow")) {
            slowBegun.countDown();
            slowMayEnd.await();
        }
        effects.merge(placed.orderId(), 1, Integer::sum);
    }

    private long handled(String kind) {
        return effects.keySet().stream()
                .filter(each -> each.startsWith(kind + "-"))
                .count();
    }

    private void send(String kind, int number) {
        List<Message<String, byte[]>> messages = new ArrayList<>();
        IntStream.range(0, number).mapToObj(i -> kind + "-" + i).forEach(name -> {
            byte[] json = ("{\"orderId\":\"" + name + "\"}").getBytes(StandardCharsets.UTF_8);
            messages.add(new Message<>(name, json, Map.of(), Instant.now()));
        });
        try (KafkaBroker broker = new KafkaBroker(
                        Map.of("bootstrap.servers", SERVER.bootstrapServers()), KafkaMessagingProperties.defaults());
                MessageProducer<String, byte[]> producer = broker.producer()) {
            producer.sendBatch(Topic.named(topic), messages);
        }
    }
}

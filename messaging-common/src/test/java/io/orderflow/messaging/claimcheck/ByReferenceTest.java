package io.orderflow.messaging.claimcheck;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.pipeline.Observability;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.pipeline.PipelineFeatures;
import io.orderflow.messaging.policy.DirectRecoverer;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.messaging.runtime.Consumers;
import io.orderflow.messaging.runtime.TopicCatalog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A subscription handles messages whose payloads are with their sender. */
class ByReferenceTest {

    private static final String TYPE = "note.v1";

    private final MemoryBroker broker = new MemoryBroker();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private final AtomicInteger fetched = new AtomicInteger();
    private volatile boolean available = true;
    private Consumers consumers;

    @AfterEach
    void stop() {
        consumers.stop();
    }

    @Test
    void a_payload_is_fetched_when_its_event_is_handled_and_not_otherwise() {
        start();

        send("ignored.v1", null);
        send(TYPE, null);

        await().untilAsserted(() -> assertThat(handled).containsExactly("fetched"));
        assertThat(fetched).hasValue(1);
    }

    @Test
    void an_unavailable_sender_is_an_outage_of_the_events_by_reference_alone() {
        available = false;
        start();

        send(TYPE, null);
        await().until(() -> fetched.get() >= 1);
        for (int i = 1; i <= 5; i++) {
            send(TYPE, "travels " + i);
        }
        await().until(() -> fetched.get() >= 2); // more than the attempts of a message
        available = true;

        await().atMost(Duration.ofSeconds(30)).until(() -> handled.size() == 6);
        assertThat(handled).contains("fetched");
        assertThat(broker.groups().of(Topic.named("notes.g.dlq"), List.of()))
                .allMatch(deadLetters -> deadLetters.messages() == 0);
    }

    private void start() {
        PayloadSource source = message -> {
            fetched.incrementAndGet();
            if (!available) {
                throw new MessagingException("The sender is unavailable.", null);
            }
            return "\"fetched\"".getBytes(StandardCharsets.UTF_8);
        };
        Pipeline pipeline = new Pipeline(
                new DirectRecoverer(broker.producer()),
                PipelineFeatures.NONE,
                new Observability(new SimpleMeterRegistry(), null),
                source,
                InstantSource.system());
        EventSubscription notes = EventSubscription.of("notes", "g")
                .on(String.class, TYPE, (note, context) -> handled.add(note))
                .ignoring("ignored.v1")
                .retrying(RetryPolicy.defaults().maxAttempts(1).pausing(Duration.ofMillis(1), Duration.ofMillis(1)));
        consumers =
                new Consumers(Brokers.only(broker), new TopicCatalog(Map.of()), pipeline, List.of(notes), List.of());
        consumers.start();
    }

    private void send(String type, String text) {
        Map<String, String> headers =
                Map.of(Headers.ID, UUID.randomUUID().toString(), Headers.TYPE, type, Headers.SOURCE, "/shop");
        String key = UUID.randomUUID().toString();
        Message<String, byte[]> message = text == null
                ? new Message<String, byte[]>(key, null, headers, Instant.EPOCH)
                        .withHeader(Headers.DATA_REF, PayloadStore.PATH + key)
                : new Message<>(key, ("\"" + text + "\"").getBytes(StandardCharsets.UTF_8), headers, Instant.EPOCH);
        broker.producer().send(Topic.named("notes"), message);
    }
}

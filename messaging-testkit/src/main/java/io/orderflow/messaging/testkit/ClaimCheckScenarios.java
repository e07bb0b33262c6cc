package io.orderflow.messaging.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.claimcheck.ClaimCheck;
import io.orderflow.messaging.claimcheck.PayloadStore;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.events.EventWriter;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;

/** Events that are larger than the broker accepts. */
interface ClaimCheckScenarios extends InScenario {

    String TYPE = "conformance.document.v1";

    /** The payload of these scenarios. */
    record Document(String text) {}

    @Test
    default void an_event_that_is_too_large_is_refused_or_travels_by_reference() {
        Scenario s = scenario();
        s.declare(s.group("g"));
        Document large = new Document("x".repeat(s.traits().limits().messageBytes()));
        Map<String, byte[]> stored = new ConcurrentHashMap<>();
        assertThatThrownBy(() -> writer(s, ClaimCheck.NONE).write(large))
                .isInstanceOf(MessageRejectedException.class)
                .hasMessageContaining(TYPE);

        EventWriter writer =
                writer(s, new ClaimCheck(new Stored(stored), Map.of(s.topic().name(), 1_000L)));
        send(s, writer, large);
        send(s, writer, new Document("small"));

        List<Document> handled = new CopyOnWriteArrayList<>();
        s.consume(
                List.of(EventSubscription.of(s.topic().name(), s.group("g"))
                        .on(Document.class, TYPE, (document, context) -> handled.add(document))),
                List.of(),
                message -> Objects.requireNonNull(stored.get(message.header(Headers.DATA_REF))));
        await().atMost(s.patience()).until(() -> handled.size() == 2);
        assertThat(handled.get(0).equals(large)).as("the large document").isTrue();
        assertThat(handled.get(1)).isEqualTo(new Document("small"));
        assertThat(stored).hasSize(1);
    }

    private static void send(Scenario s, EventWriter writer, Document document) {
        Message<String, byte[]> message = writer.write(document).message();
        s.producer()
                .send(
                        s.topic(),
                        message.withHeader(Headers.ID, UUID.randomUUID().toString()));
    }

    private static EventWriter writer(Scenario s, ClaimCheck claimCheck) {
        Topic topic = s.topic();
        return new EventWriter(
                List.of(EventType.of(Document.class, TYPE, topic.name(), document -> "k")),
                "/test",
                any -> s.traits().limits(),
                claimCheck,
                InstantSource.system());
    }

    /** Payloads in memory. */
    record Stored(Map<String, byte[]> payloads) implements PayloadStore {

        @Override
        public String put(byte[] payload, Instant time) {
            String reference = PATH + UUID.randomUUID();
            payloads.put(reference, payload);
            return reference;
        }

        @Override
        public Optional<byte[]> get(String reference) {
            return Optional.ofNullable(payloads.get(reference));
        }
    }
}

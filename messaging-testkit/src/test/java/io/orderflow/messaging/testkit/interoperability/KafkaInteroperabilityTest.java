package io.orderflow.messaging.testkit.interoperability;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cloudevents.CloudEvent;
import io.cloudevents.core.builder.CloudEventBuilder;
import io.cloudevents.kafka.CloudEventDeserializer;
import io.cloudevents.kafka.CloudEventSerializer;
import io.orderflow.servers.KafkaServer;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.annotation.KafkaListener;

/** The CloudEvents SDK, kcat and a plain {@code @KafkaListener} exchange events with the library. */
class KafkaInteroperabilityTest {

    private static final String SERVERS = KafkaServer.find().bootstrapServers();
    private static final NotesApplication NOTES =
            new NotesApplication(Map.of("messaging.broker", "kafka", "spring.kafka.bootstrap-servers", SERVERS));
    private static final Tool KCAT = new Tool("kcat");

    @AfterAll
    static void stop() {
        NOTES.close();
    }

    @Test
    void the_cloudevents_sdk_reads_an_event() throws Exception {
        Note note = new Note("ada-" + UUID.randomUUID(), "read by the SDK");
        NOTES.publish(note);

        try (KafkaConsumer<String, CloudEvent> consumer = new KafkaConsumer<>(
                Map.of("bootstrap.servers", SERVERS, "group.id", "sdk", "auto.offset.reset", "earliest"),
                new StringDeserializer(),
                new CloudEventDeserializer())) {
            consumer.subscribe(List.of(NOTES.topic()));
            CloudEvent event = await().atMost(Duration.ofSeconds(30))
                    .until(() -> read(consumer, note.author()), Optional::isPresent)
                    .orElseThrow();
            assertThat(event.getType()).isEqualTo(Note.TYPE);
            assertThat(event.getSource()).hasToString("/notes");
            assertThat(event.getId()).isNotBlank();
            assertThat(event.getDataContentType()).isEqualTo("application/json");
            assertThat(new String(event.getData().toBytes(), UTF_8)).isEqualTo(note.json());
        }
        NOTES.assertHandled(note);
    }

    private static Optional<CloudEvent> read(KafkaConsumer<String, CloudEvent> consumer, String key) {
        for (ConsumerRecord<String, CloudEvent> each : consumer.poll(Duration.ofSeconds(1))) {
            if (key.equals(each.key())) {
                return Optional.of(each.value());
            }
        }
        return Optional.empty();
    }

    @Test
    void an_event_of_the_cloudevents_sdk_is_handled() throws Exception {
        Note note = new Note("grace", "sent by the SDK");
        CloudEvent event = CloudEventBuilder.v1()
                .withId(UUID.randomUUID().toString())
                .withSource(URI.create("/sdk"))
                .withType(Note.TYPE)
                .withData("application/json", note.json().getBytes(UTF_8))
                .build();

        try (KafkaProducer<String, CloudEvent> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", SERVERS), new StringSerializer(), new CloudEventSerializer())) {
            producer.send(new ProducerRecord<>(NOTES.topic(), "grace", event)).get(10, TimeUnit.SECONDS);
        }

        NOTES.assertHandled(note);
    }

    @Test
    void kcat_sends_plain_json_and_reads_it() throws Exception {
        Note note = new Note("linus", "sent by kcat");

        KCAT.run(note.json(), "-P", "-b", SERVERS, "-t", NOTES.topic());
        NOTES.assertHandled(note);

        assertThat(KCAT.run("", "-C", "-q", "-e", "-b", SERVERS, "-t", NOTES.topic()))
                .contains(note.json());
    }

    @Test
    void a_plain_kafka_listener_reads_an_event_with_the_defaults_of_spring_boot() throws Exception {
        Note note = new Note("margaret", "read by a listener");
        NOTES.publish(note);

        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Listener.class)
                .properties(Map.of(
                        "topic",
                        NOTES.topic(),
                        "messaging.broker", // the library is on the class path, and demands a choice
                        "kafka",
                        "spring.kafka.bootstrap-servers",
                        SERVERS,
                        "spring.kafka.consumer.auto-offset-reset",
                        "earliest"))
                .run()) {
            await().atMost(Duration.ofSeconds(30))
                    .untilAsserted(() ->
                            assertThat(context.getBean(Listener.class).received).contains(note.json()));
        }
        NOTES.assertHandled(note);
    }

    @Configuration(proxyBeanMethods = false)
    @ImportAutoConfiguration(KafkaAutoConfiguration.class)
    static class Listener {

        private final List<String> received = new CopyOnWriteArrayList<>();

        @KafkaListener(topics = "${topic}", groupId = "plain-listener")
        void on(String json) {
            received.add(json);
        }
    }
}

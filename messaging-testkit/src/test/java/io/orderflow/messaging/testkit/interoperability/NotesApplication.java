package io.orderflow.messaging.testkit.interoperability;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** An application on the library that publishes notes and handles them, on a topic of its own. */
final class NotesApplication implements AutoCloseable {

    private static final String TOPIC = "notes.topic";
    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final String topic = "notes-" + UUID.randomUUID();
    private final ConfigurableApplicationContext context;

    /** @param settings the broker and its address */
    NotesApplication(Map<String, Object> settings) {
        context = new SpringApplicationBuilder(Notes.class)
                .properties(settings)
                .properties(Map.of(
                        TOPIC,
                        topic,
                        "spring.application.name",
                        "notes",
                        "messaging.database.enabled",
                        "false",
                        "messaging.topics." + topic + ".groups",
                        "readers"))
                .run();
        // the topic exists once an event was handled
        Note first = new Note("first", "of " + topic);
        publish(first);
        assertHandled(first);
    }

    String topic() {
        return topic;
    }

    void publish(Note note) {
        context.getBean(EventPublisher.class).publish(note);
    }

    /** Waits until a note is handled. */
    void assertHandled(Note note) {
        await().atMost(TIMEOUT)
                .untilAsserted(
                        () -> assertThat(context.getBean(Notes.class).handled).contains(note));
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(excludeName = "org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration")
    static class Notes {

        private final List<Note> handled = new CopyOnWriteArrayList<>();

        @Bean
        EventType<Note> note(@Value("${" + TOPIC + "}") String topic) {
            return EventType.of(Note.class, Note.TYPE, topic, Note::author);
        }

        @Bean
        EventSubscription notes(@Value("${" + TOPIC + "}") String topic) {
            return EventSubscription.of(topic, "readers")
                    .takingUntyped()
                    .on(Note.class, Note.TYPE, (note, delivery) -> handled.add(note));
        }
    }
}

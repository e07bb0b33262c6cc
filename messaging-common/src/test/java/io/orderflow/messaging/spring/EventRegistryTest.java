package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.runtime.EventRegistry;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The registry of what an application publishes and consumes. */
class EventRegistryTest {

    record Task(String id, String queue) {}

    record Done(String id) {}

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(MessagingAutoConfiguration.class))
            .withUserConfiguration(Application.class)
            .withPropertyValues("spring.application.name=worker", "messaging.subscriptions.tasks.worker.members=3");

    @Configuration(proxyBeanMethods = false)
    static class Application {

        @Bean
        MessageBroker broker() {
            return new MemoryBroker();
        }

        @Bean
        EventType<Task> task() {
            return EventType.of(Task.class, "task.v1", Set.of("tasks", "tasks.express"), Task::queue, Task::id);
        }

        @Bean
        EventSubscription tasks() {
            return EventSubscription.of("tasks", "worker").on(Task.class, "task.v1", (task, context) -> {});
        }
    }

    @Test
    void the_registry_has_the_declared_types_with_all_their_topics_and_the_configured_subscriptions() {
        runner.run(context -> {
            EventRegistry registry = context.getBean(EventRegistry.class);

            assertThat(registry.application()).isEqualTo("worker");
            assertThat(registry.published())
                    .singleElement()
                    .satisfies(type -> assertThat(type.topics()).containsExactlyInAnyOrder("tasks", "tasks.express"));
            EventSubscription consumed = registry.consumed().get(0);
            assertThat(consumed.subscription().members()).isEqualTo(3);
            assertThat(consumed.handled().get("task.v1").eventClass()).isEqualTo(Task.class);
        });
    }

    @Test
    void an_event_to_a_topic_that_its_type_does_not_declare_is_refused_and_nothing_is_sent() {
        runner.run(context -> {
            EventPublisher publisher = context.getBean(EventPublisher.class);

            assertThatThrownBy(() -> publisher.publish(new Task("1", "tasks.slow")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContainingAll("task.v1", "tasks.slow", "tasks.express");
            assertThat(context.getBean(MessageBroker.class).groups().of(Topic.named("tasks.slow"), List.of()))
                    .isEmpty();
        });
    }

    @Test
    void an_event_without_a_declared_type_is_refused() {
        runner.run(context -> assertThatThrownBy(
                        () -> context.getBean(EventPublisher.class).publish(new Done("1")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("There is no EventType for " + Done.class.getName()));
    }
}

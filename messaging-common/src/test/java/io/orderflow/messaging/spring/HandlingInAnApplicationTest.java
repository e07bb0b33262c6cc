package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.DirectEventPublisher;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.BatchMiddleware;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.pipeline.Pipeline;
import io.orderflow.messaging.policy.RetryPolicy;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.health.contributor.HealthIndicator;
import org.springframework.boot.health.contributor.Status;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;
import org.springframework.util.ClassUtils;

/** The core alone, on the broker in memory: there is no JDBC on the class path. */
class HandlingInAnApplicationTest {

    record Placed(String orderId, int quantity) {}

    private ConfigurableApplicationContext context;
    private Application application;
    private MessageBroker broker;

    @BeforeEach
    void start() {
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run("--messaging.broker=memory", "--spring.application.name=shop");
        application = context.getBean(Application.class);
        broker = context.getBean(MessageBroker.class);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void it_needs_no_database() {
        assertThat(ClassUtils.isPresent("org.springframework.jdbc.core.JdbcTemplate", null))
                .isFalse();
        assertThat(context.getBean(EventPublisher.class)).isInstanceOf(DirectEventPublisher.class);
    }

    @Test
    void what_is_published_is_handled_with_its_envelope() {
        context.getBean(EventPublisher.class).publish(new Placed("o1", 2));

        await().untilAsserted(() -> assertThat(application.placed).containsExactly(new Placed("o1", 2)));
        EventContext envelope = application.contexts.get(0);
        assertThat(envelope.type()).isEqualTo("order.placed.v1");
        assertThat(envelope.key()).isEqualTo("o1");
        assertThat(envelope.attempt()).isEqualTo(1);
        assertThat(envelope.headers())
                .containsEntry(Headers.SOURCE, "/shop")
                .containsEntry(Headers.SPEC_VERSION, "1.0")
                .containsEntry(Headers.ROUTING_KEY, "order.placed")
                .containsEntry(Headers.ID, envelope.id());
    }

    @Test
    void a_plain_message_of_a_foreign_producer_is_understood() {
        send(Map.of(Headers.ROUTING_KEY, "order.placed.standard"), "{\"orderId\":\"o2\",\"quantity\":1,\"more\":true}");
        await().untilAsserted(() -> assertThat(application.placed).containsExactly(new Placed("o2", 1)));
    }

    @Test
    void poison_is_dead_lettered_with_its_bytes_and_the_next_message_is_handled() {
        send(Map.of(), "{\"orderId\":");
        send(Map.of(Headers.TYPE, "order.placed.v7"), "{}");
        send(Map.of(), "{\"hello\":\"world\"}");
        send(Map.of(), "{\"orderId\":\"o3\",\"quantity\":1}");

        await().untilAsserted(() -> assertThat(application.placed).containsExactly(new Placed("o3", 1)));
        assertThat(deadLetters())
                .extracting(each -> new String(each.message().value(), StandardCharsets.UTF_8))
                .containsExactly("{\"orderId\":", "{}", "{\"hello\":\"world\"}");
        assertThat(count("messaging.dead.lettered")).isEqualTo(3);
    }

    @Test
    void what_fails_is_tried_again_and_then_handled() {
        application.failures = 2;
        send(Map.of(), "{\"orderId\":\"o4\",\"quantity\":1}");

        await().untilAsserted(() -> assertThat(application.placed).containsExactly(new Placed("o4", 1)));
        assertThat(application.contexts.get(0).attempt()).isEqualTo(3);
        assertThat(count("messaging.retried")).isEqualTo(2);
        await().untilAsserted(() -> assertThat(count("messaging.handled")).isEqualTo(1));
    }

    @Test
    void an_ignored_type_is_passed_over_without_a_word() {
        send(Map.of(Headers.TYPE, "order.shipped.v1"), "?");
        send(Map.of(), "{\"orderId\":\"o5\",\"quantity\":1}");
        await().untilAsserted(() -> assertThat(application.placed).containsExactly(new Placed("o5", 1)));
        assertThat(count("messaging.dead.lettered")).isZero();
    }

    @Test
    void middlewares_of_the_application_stand_around_its_handlers_in_their_order() {
        send(Map.of(), "{\"orderId\":\"o6\",\"quantity\":1}");
        await().untilAsserted(() -> assertThat(application.placed).hasSize(1));
        assertThat(application.passed).containsExactly("poll of 1", "outer", "inner");
        assertThat(context.getBean(Pipeline.class).describe(context.getBean(EventSubscription.class)))
                .contains("poll:    Polls > each message", "TimeLimit > Named > Named > handlers");
    }

    @Test
    void health_is_up() {
        HealthIndicator health = context.getBean(MessagingHealthIndicator.class);
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
    }

    private void send(Map<String, String> headers, String json) {
        byte[] bytes = json.getBytes(StandardCharsets.UTF_8);
        broker.producer().send(Topic.named("orders"), new Message<>("o", bytes, headers, Instant.EPOCH));
    }

    private List<Delivery<String, byte[]>> deadLetters() {
        try (MessageConsumer<String, byte[]> people = broker.consumer("dead-letters", ConsumerOptions.defaults())) {
            people.subscribe(List.of(Topic.named("orders.stock.dlq")));
            return people.poll(Duration.ofSeconds(5));
        }
    }

    private double count(String name) {
        return context.getBean(MeterRegistry.class)
                .counter(name, "topic", "orders", "group", "stock")
                .count();
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        final List<Placed> placed = new CopyOnWriteArrayList<>();
        final List<EventContext> contexts = new CopyOnWriteArrayList<>();
        volatile int failures;

        final List<String> passed = new CopyOnWriteArrayList<>();

        record Named(String what, List<String> passed) implements HandlerMiddleware {

            @Override
            public MessageHandler around(MessageHandler next) {
                return delivery -> {
                    passed.add(what);
                    return next.handle(delivery);
                };
            }
        }

        record Polls(List<String> passed) implements BatchMiddleware {

            @Override
            public BatchHandler around(BatchHandler next) {
                return deliveries -> {
                    passed.add("poll of " + deliveries.size());
                    next.handle(deliveries);
                };
            }
        }

        @Bean
        @Order(2)
        HandlerMiddleware inner() {
            return new Named("inner", passed);
        }

        @Bean
        @Order(1)
        HandlerMiddleware outer() {
            return new Named("outer", passed);
        }

        @Bean
        BatchMiddleware polls() {
            return new Polls(passed);
        }

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        EventType<Placed> placedType() {
            return EventType.of(Placed.class, "order.placed.v1", "orders", Placed::orderId);
        }

        @Bean
        EventSubscription orders() {
            return EventSubscription.of("orders", "stock")
                    .takingUntyped()
                    .on(Placed.class, "order.placed.v1", this::handle)
                    .ignoring("order.shipped.v1")
                    .retrying(RetryPolicy.defaults().pausing(Duration.ofMillis(1), Duration.ofMillis(2)));
        }

        private void handle(Placed event, EventContext context) {
            if (failures-- > 0) {
                throw new IllegalStateException("not yet");
            }
            contexts.add(context);
            placed.add(event);
        }
    }
}

package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.memory.MemoryBroker;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Broadcasts between instances of an application, on one broker in memory. */
class BroadcastInAnApplicationTest {

    record PriceChanged(String sku, int cents) {}

    private final MessageBroker broker = new MemoryBroker();

    @Test
    void every_running_instance_gets_each_broadcast_once() {
        try (var one = start("--messaging.topics.prices.broadcast=true");
                var other = start("--messaging.topics.prices.broadcast=true")) {
            one.getBean(EventPublisher.class).publish(new PriceChanged("MUG", 900));
            one.getBean(EventPublisher.class).publish(new PriceChanged("MUG", 950));

            for (ConfigurableApplicationContext each : List.of(one, other)) {
                await().untilAsserted(() -> assertThat(each.getBean(Application.class).changes)
                        .containsExactly(new PriceChanged("MUG", 900), new PriceChanged("MUG", 950)));
            }
        }
    }

    @Test
    void an_event_whose_handler_fails_is_counted_and_the_next_one_is_handled() {
        try (var one = start("--messaging.topics.prices.broadcast=true")) {
            one.getBean(EventPublisher.class).publish(new PriceChanged("MUG", -1));
            one.getBean(EventPublisher.class).publish(new PriceChanged("MUG", 900));

            await().untilAsserted(() ->
                    assertThat(one.getBean(Application.class).changes).containsExactly(new PriceChanged("MUG", 900)));
            assertThat(one.getBean(MeterRegistry.class)
                            .get("messaging.dropped")
                            .counter()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void a_topic_that_is_not_declared_as_broadcast_stops_the_start_and_names_the_property() {
        assertThatThrownBy(() -> start("--messaging.topics.prices.partitions=1").close())
                .hasStackTraceContaining("messaging.topics.prices.broadcast is false");
    }

    @Test
    void a_broadcast_with_groups_stops_the_start_and_names_the_property() {
        assertThatThrownBy(() -> start(
                                "--messaging.topics.prices.broadcast=true", "--messaging.topics.prices.groups=order")
                        .close())
                .hasStackTraceContaining("messaging.topics.prices.broadcast is true");
    }

    private ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(Application.class)
                .initializers(context -> context.getBeanFactory().registerSingleton("broker", broker))
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .properties("messaging.broker=memory", "messaging.database.enabled=false")
                .run(arguments);
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Application {

        final List<PriceChanged> changes = new CopyOnWriteArrayList<>();

        @Bean
        EventType<PriceChanged> priceChanged() {
            return EventType.of(PriceChanged.class, "price.changed.v1", "prices", PriceChanged::sku);
        }

        @Bean
        EventSubscription prices() {
            return EventSubscription.broadcasts("prices")
                    .on(PriceChanged.class, "price.changed.v1", (event, context) -> {
                        if (event.cents() < 0) {
                            throw new IllegalArgumentException("a negative price");
                        }
                        changes.add(event);
                    });
        }

        @Bean
        MeterRegistry meterRegistry() {
            return new SimpleMeterRegistry();
        }
    }
}

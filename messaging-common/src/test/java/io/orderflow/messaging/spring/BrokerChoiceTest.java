package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.brokers.Route;
import io.orderflow.messaging.memory.MemoryBroker;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.DefaultResourceLoader;

/** Nothing connects at the start, so no broker has to run here. */
class BrokerChoiceTest {

    @Test
    void a_property_chooses() {
        try (ConfigurableApplicationContext context = start("--messaging.broker=memory")) {
            assertThat(chosen(context)).isEqualTo("memory");
        }
    }

    @Test
    void a_profile_chooses() {
        try (ConfigurableApplicationContext context = start("--spring.profiles.active=kafka,demo")) {
            assertThat(chosen(context)).isEqualTo("kafka");
        }
    }

    @Test
    void a_default_profile_chooses_unless_something_else_does() {
        try (ConfigurableApplicationContext context = start("--spring.profiles.default=kafka")) {
            assertThat(chosen(context)).isEqualTo("kafka");
        }
        try (ConfigurableApplicationContext context =
                start("--spring.profiles.default=kafka", "--messaging.broker=memory")) {
            assertThat(chosen(context)).isEqualTo("memory");
        }
    }

    @Test
    void only_the_chosen_brokers_client_is_configured() {
        try (ConfigurableApplicationContext context = start("--messaging.broker=kafka")) {
            assertThat(beansOf(context, "org.springframework.kafka")).isNotZero();
            assertThat(beansOf(context, "org.springframework.amqp")).isZero();
            assertThat(beansOf(context, "org.springframework.data.redis")).isZero();
        }
    }

    @Test
    void another_client_is_kept_where_the_application_asks_for_it() {
        try (ConfigurableApplicationContext context =
                start("--messaging.broker=memory", "--messaging.keep-other-clients=true")) {
            assertThat(beansOf(context, "org.springframework.data.redis")).isNotZero();
        }
    }

    @Test
    void an_unknown_broker_stops_the_start_and_the_sentence_names_the_property() {
        assertThatThrownBy(() -> start("--messaging.broker=kafak"))
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("messaging.broker is 'kafak', and no adapter has that name."
                        + " Set it to one of: kafka, memory, rabbitmq, redis, sqs.");
    }

    @Test
    void a_missing_client_stops_the_start_and_the_error_names_the_property() {
        assertThatThrownBy(() -> new SpringApplicationBuilder(Application.class)
                        .resourceLoader(new DefaultResourceLoader(new FilteredClassLoader("org.springframework.kafka")))
                        .web(WebApplicationType.NONE)
                        .run("--messaging.broker=kafka"))
                .rootCause()
                .isInstanceOf(InvalidSettingException.class)
                .hasMessage("messaging.broker is 'kafka', but its client is not on the classpath."
                        + " Add the Spring Boot starter of that client.");
    }

    @Test
    void a_topic_names_its_broker_and_the_clients_of_both_are_configured() {
        try (ConfigurableApplicationContext context = start(
                "--messaging.broker=kafka",
                "--messaging.topics.shipments.broker=rabbitmq",
                "--messaging.topics.orders.broker=",
                "--messaging.topics.prices.drain-from=memory")) {
            Brokers brokers = context.getBean(Brokers.class);
            assertThat(names(brokers.of(Topic.named("shipments")))).containsExactly("rabbitmq");
            assertThat(names(brokers.of(Topic.named("shipments.shipping.retry"))))
                    .containsExactly("rabbitmq");
            assertThat(names(brokers.of(Topic.named("orders")))).containsExactly("kafka");
            assertThat(names(brokers.of(Topic.named("prices")))).containsExactly("kafka", "memory");
            assertThat(beansOf(context, "org.springframework.kafka")).isNotZero();
            assertThat(beansOf(context, "org.springframework.amqp")).isNotZero();
            assertThat(beansOf(context, "org.springframework.data.redis")).isZero();
            assertThat(beansOf(context, "org.springframework.boot.amqp.autoconfigure.health"))
                    .isZero();
        }
    }

    @Test
    void a_broker_is_drained_of_all_topics_but_those_with_a_broker_of_their_own() {
        try (ConfigurableApplicationContext context = start(
                "--messaging.broker=rabbitmq",
                "--messaging.drain-from=memory",
                "--messaging.topics.shipments.broker=kafka")) {
            Brokers brokers = context.getBean(Brokers.class);
            assertThat(names(brokers.of(Topic.named("orders")))).containsExactly("rabbitmq", "memory");
            assertThat(names(brokers.of(Topic.named("shipments")))).containsExactly("kafka");
        }
    }

    @Test
    void an_unknown_broker_or_a_missing_client_of_a_topic_stops_the_start_and_the_error_names_the_property() {
        assertThatThrownBy(() -> start("--messaging.broker=memory", "--messaging.topics.orders.broker=kafak"))
                .hasMessage("messaging.topics.orders.broker is 'kafak', and no adapter has that name."
                        + " Set it to one of: kafka, memory, rabbitmq, redis, sqs.");
        assertThatThrownBy(() -> start("--messaging.broker=memory", "--messaging.drain-from=kafak"))
                .hasMessageStartingWith("messaging.drain-from is 'kafak'");
        assertThatThrownBy(() -> new SpringApplicationBuilder(Application.class)
                        .resourceLoader(new DefaultResourceLoader(new FilteredClassLoader("org.springframework.kafka")))
                        .web(WebApplicationType.NONE)
                        .run("--messaging.broker=memory", "--messaging.topics.orders.broker=kafka"))
                .rootCause()
                .hasMessage("messaging.topics.orders.broker is 'kafka', but its client is not on the classpath."
                        + " Add the Spring Boot starter of that client.");
    }

    @Test
    void a_broker_of_the_application_replaces_that_of_the_adapter() {
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(WithBroker.class)
                .web(WebApplicationType.NONE)
                .run("--messaging.broker=kafka")) {
            assertThat(chosen(context)).isEqualTo("memory");
            assertThat(context.getBean(Brokers.class).all()).containsExactly(context.getBean(MessageBroker.class));
        }
    }

    private static List<String> names(Route route) {
        return route.brokers().stream().map(each -> each.traits().name()).toList();
    }

    @Test
    void no_choice_and_a_contradiction_stop_the_start() {
        assertThatThrownBy(() -> start()).hasMessageContaining("No broker is chosen. Set messaging.broker");
        assertThatThrownBy(() -> start("--spring.profiles.active=kafka,redis")).hasMessageContaining("[kafka, redis]");
        assertThatThrownBy(() -> start("--spring.profiles.active=kafka", "--messaging.broker=redis"))
                .hasMessageContaining("messaging.broker=redis");
    }

    @Test
    void a_topic_without_partitions_stops_the_start_and_the_sentence_names_the_property() {
        assertThatThrownBy(() -> start("--messaging.broker=memory", "--messaging.topics.orders.partitions=0"))
                .hasStackTraceContaining("messaging.topics.orders.partitions is 0; a topic has at least 1.");
        assertThatThrownBy(() -> start("--messaging.broker=memory", "--messaging.topics.orders.groups=eu.inventory"))
                .hasStackTraceContaining("'eu.inventory' cannot be the name of a group on topic 'orders'")
                .hasStackTraceContaining("messaging.topics.orders.groups");
    }

    private static String chosen(ConfigurableApplicationContext context) {
        return context.getBean(MessageBroker.class).traits().name();
    }

    private static long beansOf(ConfigurableApplicationContext context, String packageName) {
        return Arrays.stream(context.getBeanDefinitionNames())
                .map(name -> context.getType(name))
                .filter(type -> type != null && type.getName().startsWith(packageName))
                .count();
    }

    private static ConfigurableApplicationContext start(String... arguments) {
        return new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(arguments);
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {}

    @Configuration
    @EnableAutoConfiguration
    static class WithBroker {

        @Bean
        MessageBroker own() {
            return new MemoryBroker();
        }
    }
}

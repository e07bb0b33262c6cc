package io.orderflow.messaging.spring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.MessageBroker;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.context.ConfigurableApplicationContext;
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
}

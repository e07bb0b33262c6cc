package io.orderflow.localstack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.servers.PostgresServer;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.transaction.support.TransactionOperations;

/** The operator's commands with an application that is none of the services and has no service-starter. */
class AnyApplicationTest {

    private static ConfigurableApplicationContext application;
    private static String url;

    record Greeting(String name) {}

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        @Bean
        EventType<Greeting> greeting() {
            return EventType.of(Greeting.class, "greeting.v1", "greetings", Greeting::name);
        }

        @Bean
        EventSubscription greetings() {
            return EventSubscription.of("greetings", "printer")
                    .on(Greeting.class, "greeting.v1", (greeting, context) -> {
                        throw new IllegalStateException("out of paper");
                    })
                    .retrying(RetryPolicy.defaults().maxAttempts(1));
        }
    }

    @BeforeAll
    static void start() {
        application = new SpringApplicationBuilder(Application.class)
                .run(Stream.of(
                                "server.port=0",
                                "management.server.port=0",
                                "messaging.broker=memory",
                                "messaging.operations.enabled=true",
                                "spring.application.name=any",
                                "spring.datasource.username=" + PostgresServer.USER,
                                "spring.datasource.password=" + PostgresServer.PASSWORD,
                                "spring.datasource.url=" + PostgresServer.find().createFreshDatabase("any_application"))
                        .map(property -> "--" + property)
                        .toArray(String[]::new));
        url = "http://localhost:" + application.getEnvironment().getProperty("local.management.port");
    }

    @AfterAll
    static void stop() {
        application.close();
    }

    @Test
    void dead_letters_are_listed_redriven_and_discarded() {
        EventPublisher events = application.getBean(EventPublisher.class);
        application
                .getBean(TransactionOperations.class)
                .executeWithoutResult(status -> events.publish(new Greeting("world")));
        var collected = application.getBean(io.orderflow.messaging.deadletters.DeadLetters.class);
        await().until(() -> collected.count(DeadLetterFilter.all()) == 1);
        String list = run("list");
        assertThat(list).contains("printer", "greeting.v1", "IllegalStateException");
        String item = list.lines()
                .filter(line -> line.startsWith("app:"))
                .findFirst()
                .orElseThrow()
                .split(" ")[0];

        assertThat(run("show " + item)).contains("out of paper");
        assertThat(run("redrive --group printer --dry-run")).contains("app: 1 would be redriven");
        assertThat(run("redrive " + item)).contains(item + " is REDRIVEN");
        await().until(() -> run("list").contains("In all 1"));
        assertThat(run("discard " + item)).contains(item + " is DISCARDED");
        assertThat(run("list")).contains("No dead letters.");
    }

    @Test
    void an_invalid_filter_is_reported_with_its_name() {
        assertThat(run("list --from yesterday")).contains("app: from must be a time");
    }

    @Test
    void an_item_of_another_service_is_not_requested_from_the_url() {
        assertThat(run("discard inventory:1")).contains("'inventory' is not at --url");
    }

    @ParameterizedTest
    @ValueSource(strings = {"--url localhost:9080", "--url http://localhost:9080 --service order"})
    void invalid_addresses_are_rejected(String options) {
        CommandLine line = DeadLetters.parse(("list " + options).split(" "));
        assertThatThrownBy(() -> OperatorCommand.ports(line, Map.of()))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("--url");
    }

    private static String run(String command) {
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        CommandLine line = DeadLetters.parse((command + " --url " + url).split(" "));
        new DeadLetters(line, OperatorCommand.ports(line, Map.of()), new PrintStream(printed, true, UTF_8)).run();
        return printed.toString(UTF_8);
    }
}

package io.orderflow.messaging.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.deadletters.DeadLetter;
import io.orderflow.messaging.deadletters.DeadLetterFilter;
import io.orderflow.messaging.deadletters.DeadLetterState;
import io.orderflow.messaging.deadletters.DeadLetters;
import io.orderflow.messaging.deadletters.Decision;
import io.orderflow.messaging.deadletters.Redriving;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.RetryOrder;
import io.orderflow.messaging.testkit.database.LibraryTables;
import io.orderflow.servers.PostgresServer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.DataSourceInitializer;

/** An operator's decision about a dead letter that holds its key, wired as in an application. */
class RedriveInOrderTest {

    private final String url = PostgresServer.find().createFreshDatabase("redrive");
    private ConfigurableApplicationContext context;
    private Application application;

    @BeforeEach
    void start() {
        start("--test.tables=true");
        IntStream.range(0, 3).forEach(number -> send(Counted.message("a", number)));
    }

    private void start(String... more) {
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(Stream.concat(
                                Stream.of(
                                        "--messaging.broker=memory",
                                        "--messaging.topics.counts.groups=test",
                                        "--spring.datasource.url=" + url),
                                Stream.of(more))
                        .toArray(String[]::new));
        application = context.getBean(Application.class);
    }

    @AfterEach
    void stop() {
        context.close();
    }

    @Test
    void what_is_redriven_after_the_repair_is_handled_before_what_waited_behind_it() {
        DeadLetter letter = waiting();
        application.broken = false;
        assertThat(redriving().redrive(letter.id(), "ada")).isEqualTo(Decision.DONE);
        await().untilAsserted(() -> assertThat(application.handled).containsExactly(0, 1, 2));
        await().untilAsserted(() -> assertThat(held()).isZero());
    }

    @Test
    void what_is_redriven_too_early_holds_its_key_again() {
        DeadLetter letter = waiting();
        redriving().redrive(letter.id(), "ada");
        await().untilAsserted(() -> assertThat(waiting().failures()).isEqualTo(2));
        assertThat(application.handled).isEmpty();

        application.broken = false;
        redriving().redrive(letter.id(), "ada");
        await().untilAsserted(() -> assertThat(application.handled).containsExactly(0, 1, 2));
    }

    @Test
    void what_is_discarded_lets_the_others_go_on() {
        assertThat(redriving().discard(waiting().id(), "ada")).isEqualTo(Decision.DONE);
        await().untilAsserted(() -> assertThat(application.handled).containsExactly(1, 2));
        await().untilAsserted(() -> assertThat(held()).isZero());
    }

    @Test
    void what_waits_behind_a_dead_letter_is_handled_once_the_subscription_does_not_keep_order_any_more() {
        waiting();
        context.close();
        start("--test.order=NOT_KEPT");
        await().atMost(Duration.ofSeconds(20))
                .untilAsserted(() -> assertThat(application.handled).containsExactly(1, 2));
        await().untilAsserted(() -> assertThat(held()).isZero());
        assertThat(deadLetters()).as("it can still be redriven").hasSize(1);
    }

    @Test
    void keeping_order_behind_dead_letters_that_nobody_can_redrive_or_discard_stops_the_start() {
        context.close();
        assertThatThrownBy(() -> start("--messaging.dead-letters.collect=false"))
                .rootCause()
                .hasMessageContaining("test on counts")
                .hasMessageContaining("messaging.dead-letters.collect is false")
                .hasMessageContaining("KEPT_UNTIL_GIVEN_UP");
    }

    private void send(Message<String, byte[]> message) {
        context.getBean(MessageBroker.class).producer().send("counts", message);
    }

    /** The dead letter, once the others wait behind it. */
    private DeadLetter waiting() {
        await().untilAsserted(() -> assertThat(deadLetters()).hasSize(1));
        await().untilAsserted(
                        () -> assertThat(count("messaging_parked_message")).isEqualTo(3));
        return deadLetters().get(0);
    }

    private List<DeadLetter> deadLetters() {
        DeadLetterFilter waiting = new DeadLetterFilter(null, null, null, null, null, null, DeadLetterState.WAITING);
        return context.getBean(DeadLetters.class).list(waiting, 0, 10);
    }

    private Redriving redriving() {
        return context.getBean(Redriving.class);
    }

    private long held() {
        return count("messaging_held_key");
    }

    private long count(String table) {
        return context.getBean(JdbcClient.class)
                .sql("select count(*) from " + table)
                .query(Long.class)
                .single();
    }

    static final class Broken extends RuntimeException {
        Broken() {
            super("The first one cannot be handled.");
        }
    }

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        final List<Integer> handled = new CopyOnWriteArrayList<>();
        volatile boolean broken = true;

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        @ConditionalOnBooleanProperty("test.tables")
        static DataSourceInitializer tables(DataSource dataSource) {
            DataSourceInitializer initializer = new DataSourceInitializer();
            initializer.setDataSource(dataSource);
            initializer.setDatabasePopulator(LibraryTables.populator());
            return initializer;
        }

        @Bean
        EventSubscription counts(@Value("${test.order:KEPT}") RetryOrder order) {
            EventSubscription subscription = EventSubscription.of("counts", "test")
                    .on(Counted.class, "counted.v1", (counted, context) -> {
                        if (broken && counted.number() == 0) {
                            throw new Broken();
                        }
                        handled.add(counted.number());
                    });
            return subscription
                    .retrying(subscription.retryPolicy().givingUpOn(Broken.class))
                    .retryOrder(order);
        }
    }
}

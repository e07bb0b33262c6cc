package io.orderflow.messaging.deadletters;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.datasource.init.DataSourceInitializer;

/** Two groups on a topic, of which one cannot handle a message until it is repaired. */
class RedriveInAnApplicationTest {

    private ConfigurableApplicationContext context;
    private MessageProducer<String, byte[]> producer;

    @AfterEach
    void stop() {
        context.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGE", "POLL"})
    void after_the_repair_a_redriven_message_is_handled_once_by_the_group_that_failed(UnitOfWork unit) {
        start(unit);
        send("order-1");
        DeadLetter letter = waiting(1).get(0);
        assertThat(letter.place()).startsWith(Application.class.getName() + "#");
        assertThat(letter.attempts()).isEqualTo(2);
        assertThat(application().stock).isEmpty();
        await().untilAsserted(() -> assertThat(application().mail).containsExactly("order-1"));
        assertThat(gauge()).isEqualTo(1);

        application().broken = false;
        assertThat(context.getBean(Redriving.class).redrive(letter.id(), "ada")).isEqualTo(Decision.DONE);
        assertThat(context.getBean(Redriving.class).redrive(letter.id(), "bob")).isEqualTo(Decision.NOT_WAITING);

        await().untilAsserted(() -> assertThat(application().stock).containsExactly("order-1"));
        send("order-2"); // what comes after it has been handled, and so would a second one have been
        await().untilAsserted(() -> {
            assertThat(application().stock).containsExactly("order-1", "order-2");
            assertThat(application().mail).containsExactly("order-1", "order-2");
        });
        assertThat(application().attempts.peek()).isEqualTo(1);
        assertThat(deadLetters().find(letter.id()).orElseThrow().state()).isEqualTo(DeadLetterState.REDRIVEN);
    }

    @Test
    void what_is_still_poison_comes_back_into_its_row_and_stays_there() {
        start(UnitOfWork.MESSAGE);
        send("order-1");
        long id = waiting(1).get(0).id();
        context.getBean(Redriving.class).redrive(id, "ada");

        await().untilAsserted(() -> {
            DeadLetter letter = waiting(1).get(0);
            assertThat(letter.id()).isEqualTo(id);
            assertThat(letter.failures()).isEqualTo(2);
        });
    }

    @Test
    void a_job_redrives_all_that_failed_in_the_same_way() {
        start(UnitOfWork.MESSAGE);
        IntStream.rangeClosed(1, 40).forEach(i -> send("order-" + i));
        DeadLetter letter = waiting(40).get(0);
        application().broken = false;

        RedriveJobs jobs = context.getBean(RedriveJobs.class);
        DeadLetterFilter alike =
                new DeadLetterFilter(null, null, null, letter.fingerprint(), null, null, null, null, null, null);
        RedriveJob job = jobs.start(new RedriveOrder(alike, null, false, 1_000, true), "ada");

        await().untilAsserted(() ->
                assertThat(jobs.find(job.id()).orElseThrow().state()).isEqualTo(RedriveJob.State.COMPLETED));
        await().untilAsserted(() -> assertThat(application().stock).hasSize(40).doesNotHaveDuplicates());
        assertThat(jobs.find(job.id()).orElseThrow().redriven()).isEqualTo(40);
        assertThat(application().mail).hasSize(40);
    }

    @Test
    void a_job_keeps_its_rate_when_the_clock_of_the_machine_steps_back() {
        start(UnitOfWork.MESSAGE);
        IntStream.rangeClosed(1, 20).forEach(i -> send("order-" + i));
        waiting(20);
        application().broken = false;

        context.getBean(RedriveJobs.class)
                .start(new RedriveOrder(DeadLetterFilter.all(), null, false, 20, true), "ada");
        await().until(() -> !application().stock.isEmpty());
        application().clock = Clock.offset(Clock.systemUTC(), Duration.ofHours(-1));
        await().untilAsserted(() -> assertThat(application().stock).hasSize(20));
    }

    private void start(UnitOfWork unit) {
        context = new SpringApplicationBuilder(Application.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(
                        "--messaging.broker=memory",
                        "--test.unit=" + unit,
                        "--spring.datasource.url=" + PostgresServer.find().createFreshDatabase("redrive"));
        MessageBroker broker = context.getBean(MessageBroker.class);
        broker.declare(
                Topic.named("orders"), "stock", "mail"); // the groups need not have come before the first message
        producer = broker.producer();
    }

    private void send(String id) {
        byte[] json = ("{\"orderId\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8);
        producer.send(Topic.named("orders"), new Message<>("same-key", json, Map.of(Headers.ID, id), Instant.EPOCH));
    }

    private List<DeadLetter> waiting(int number) {
        DeadLetterFilter waiting = DeadLetterFilter.all().in(DeadLetterState.WAITING);
        await().until(() -> deadLetters().count(waiting) == number);
        return deadLetters().list(waiting, 0, number);
    }

    private DeadLetters deadLetters() {
        return context.getBean(DeadLetters.class);
    }

    private double gauge() {
        return context.getBean(MeterRegistry.class)
                .get("messaging.dead.letters.unresolved")
                .tag("group", "stock")
                .gauge()
                .value();
    }

    private Application application() {
        return context.getBean(Application.class);
    }

    record Placed(String orderId) {}

    @Configuration
    @EnableAutoConfiguration
    static class Application {

        final Queue<String> stock = new ConcurrentLinkedQueue<>();
        final Queue<String> mail = new ConcurrentLinkedQueue<>();
        final Queue<Integer> attempts = new ConcurrentLinkedQueue<>();
        volatile boolean broken = true;
        volatile Clock clock = Clock.systemUTC();

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        Clock machine() {
            return new Clock() {
                @Override
                public Instant instant() {
                    return clock.instant();
                }

                @Override
                public ZoneId getZone() {
                    return ZoneOffset.UTC;
                }

                @Override
                public Clock withZone(ZoneId zone) {
                    return this;
                }
            };
        }

        @Bean
        static DataSourceInitializer tables(DataSource dataSource) {
            DataSourceInitializer initializer = new DataSourceInitializer();
            initializer.setDataSource(dataSource);
            initializer.setDatabasePopulator(LibraryScripts.populator());
            return initializer;
        }

        @Bean
        EventSubscription stock(@Value("${test.unit}") UnitOfWork unit) {
            return EventSubscription.of("orders", "stock")
                    .takingUntyped()
                    .on(Placed.class, "order.placed.v1", (placed, context) -> {
                        if (broken) {
                            throw new IllegalStateException("The shelf of " + placed.orderId() + " is broken.");
                        }
                        attempts.add(context.attempt());
                        stock.add(placed.orderId());
                    })
                    .retrying(RetryPolicy.defaults().maxAttempts(2).pausing(Duration.ofMillis(1), Duration.ofMillis(5)))
                    .unitOfWork(unit);
        }

        @Bean
        EventSubscription mail() {
            return EventSubscription.of("orders", "mail")
                    .takingUntyped()
                    .on(Placed.class, "order.placed.v1", (placed, context) -> mail.add(placed.orderId()));
        }
    }
}

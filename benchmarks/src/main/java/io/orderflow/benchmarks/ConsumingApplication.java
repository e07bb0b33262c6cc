package io.orderflow.benchmarks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.messaging.events.EventPublisher;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.EventType;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.io.ByteArrayResource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.init.DataSourceInitializer;
import org.springframework.jdbc.datasource.init.ResourceDatabasePopulator;

/** A service with one handler, that writes a row and publishes an event for each message, and does nothing else. */
record ConsumingApplication(ConfigurableApplicationContext context, String topic) implements AutoCloseable {

    private static final String GROUP = "bench";
    private static final long PATIENCE_NANOS = 120_000_000_000L;

    record Placed(String id, String what) {}

    record Answered(String id, String what) {}

    static ConsumingApplication start(
            UnitOfWork unit, String kafka, PostgresServer database, String... furtherProperties) {
        String topic = "consuming-" + unit + "-" + System.nanoTime();
        Stream<String> properties = Stream.of(
                "--messaging.broker=kafka",
                "--spring.kafka.bootstrap-servers=" + kafka,
                "--spring.datasource.url=" + database.createFreshDatabase("consuming"),
                "--bench.unit=" + unit,
                "--bench.topic=" + topic);
        ConfigurableApplicationContext context = new SpringApplicationBuilder(Configured.class)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .run(Stream.concat(properties, Stream.of(furtherProperties)).toArray(String[]::new));
        return new ConsumingApplication(context, topic);
    }

    @SuppressWarnings("unchecked")
    MessageProducer<String, byte[]> producer() {
        return context.getBean(MessageProducer.class);
    }

    double handled() {
        return context.getBean(MeterRegistry.class)
                .counter("messaging.handled", "topic", topic, "group", GROUP)
                .count();
    }

    void awaitHandled(double number) {
        long deadline = System.nanoTime() + PATIENCE_NANOS;
        while (handled() < number) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException(
                        "Only " + handled() + " of " + number + " messages were handled in two minutes.");
            }
            LockSupport.parkNanos(200_000);
        }
    }

    @Override
    public void close() {
        context.close();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(TracedConfiguration.class)
    static class Configured {

        @Bean
        MeterRegistry registry() {
            return new SimpleMeterRegistry();
        }

        @Bean
        static DataSourceInitializer tables(DataSource dataSource) {
            ResourceDatabasePopulator tables = LibraryScripts.populator();
            tables.addScript(
                    new ByteArrayResource("create table business (id text not null)".getBytes(StandardCharsets.UTF_8)));
            DataSourceInitializer initializer = new DataSourceInitializer();
            initializer.setDataSource(dataSource);
            initializer.setDatabasePopulator(tables);
            return initializer;
        }

        @Bean
        EventType<Answered> answered(@Value("${bench.topic}") String topic) {
            return EventType.of(Answered.class, "order.answered.v1", topic + "-answers", Answered::id);
        }

        @Bean
        EventSubscription placed(
                JdbcClient jdbc,
                EventPublisher publisher,
                @Value("${bench.topic}") String topic,
                @Value("${bench.unit}") UnitOfWork unit) {
            return EventSubscription.of(topic, GROUP)
                    .takingUntyped()
                    .on(Placed.class, "order.placed.v1", (placed, context) -> {
                        jdbc.sql("insert into business values (?)")
                                .param(placed.id())
                                .update();
                        publisher.publish(new Answered(placed.id(), placed.what()));
                    })
                    .unitOfWork(unit);
        }
    }
}

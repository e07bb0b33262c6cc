package io.orderflow.benchmarks;

import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.LocalProcess;
import io.orderflow.servers.PostgresServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.LockSupport;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;

/** analytics-service as a process of its own, on a Kafka and a database of its own. */
final class AnalyticsProcess extends LocalProcess implements AutoCloseable {

    private static final long POLL_NANOS = 5_000_000;
    private static final long TIMEOUT_NANOS = 300_000_000_000L;

    private final KafkaServer kafka;
    private final KafkaBroker broker;
    private final MessageProducer<String, byte[]> producer;
    private final JdbcClient database;

    /** @param processing the value of {@code analytics.processing} */
    static AnalyticsProcess start(String processing) throws IOException {
        KafkaServer kafka = KafkaServer.start();
        String database = PostgresServer.find().createFreshDatabase("analytics");
        Path folder = Files.createTempDirectory("analytics-" + processing);
        AnalyticsProcess process = new AnalyticsProcess(
                kafka,
                JdbcClient.create(new DriverManagerDataSource(database, PostgresServer.USER, PostgresServer.PASSWORD)),
                folder,
                Map.of(
                        "ANALYTICS_PROCESSING",
                        processing,
                        "SERVER_PORT",
                        "0",
                        "MANAGEMENT_SERVER_PORT",
                        "0",
                        "SPRING_DATASOURCE_URL",
                        database,
                        "SPRING_DATASOURCE_USERNAME",
                        PostgresServer.USER,
                        "SPRING_DATASOURCE_PASSWORD",
                        PostgresServer.PASSWORD,
                        "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                        kafka.bootstrapServers(),
                        "SPRING_KAFKA_STREAMS_STATE_DIR",
                        folder.resolve("state").toString()));
        process.start();
        return process;
    }

    private AnalyticsProcess(KafkaServer kafka, JdbcClient database, Path folder, Map<String, String> environment) {
        super("analytics-service", folder, command(), environment, "TERM");
        this.kafka = kafka;
        this.database = database;
        broker = new KafkaBroker(
                Map.of("bootstrap.servers", kafka.bootstrapServers()), KafkaMessagingProperties.defaults());
        producer = broker.producer();
    }

    private static List<String> command() {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-jar",
                Path.of("analytics-service/target/analytics-service-0.1.0-SNAPSHOT.jar")
                        .toAbsolutePath()
                        .toString());
    }

    MessageProducer<String, byte[]> producer() {
        return producer;
    }

    /** Waits until so many orders are counted, in the table that the API reads. */
    void awaitCounted(long orders) {
        long deadline = System.nanoTime() + TIMEOUT_NANOS;
        while (counted() < orders) {
            if (System.nanoTime() > deadline) {
                throw new IllegalStateException("Only " + counted() + " of " + orders
                        + " orders are counted after five minutes.\n" + logTail());
            }
            LockSupport.parkNanos(POLL_NANOS);
        }
    }

    private long counted() {
        return database.sql("select to_regclass('customer') is not null")
                        .query(Boolean.class)
                        .single()
                ? database.sql("select coalesce(sum(orders), 0) from customer")
                        .query(Long.class)
                        .single()
                : 0;
    }

    @Override
    public void close() {
        producer.close();
        broker.close();
        stop();
        kafka.stop();
    }
}

package io.orderflow.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * From a transaction to Kafka, each with one business row. Every commit of a writer is on the disk when it is answered;
 * the relays' deletes need not be, on both sides.
 */
final class OutboxBenchmark implements Benchmark {

    private enum Part {
        THROUGHPUT,
        BACKLOG
    }

    private static final int WRITERS = 8;
    private static final int BACKLOG = 200_000;
    private static final int BACKLOGS = 5;
    private static final int MILLION = 1_000_000;
    private static final String TOPIC = "bench-outbox-" + System.currentTimeMillis();

    private final Part part;

    private OutboxBenchmark(Part part) {
        this.part = part;
    }

    /** As fast as it goes, beside an outbox written by hand. */
    static Benchmark throughput() {
        return new OutboxBenchmark(Part.THROUGHPUT);
    }

    /** Latency at a steady pace, before and after a million events have gone through as backlogs. */
    static Benchmark backlog() {
        return new OutboxBenchmark(Part.BACKLOG);
    }

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        String servers = KafkaServer.find().bootstrapServers();
        List<Line> lines = new ArrayList<>();
        try (HikariDataSource database = database();
                MessageBroker broker =
                        new KafkaBroker(Map.of("bootstrap.servers", servers), KafkaMessagingProperties.defaults());
                Accepted accepted = new Accepted(broker.producer());
                Writers writers = new Writers(WRITERS)) {
            broker.declare(Topic.named(TOPIC));
            RelayedOutbox ours = new RelayedOutbox(TOPIC, database, accepted, writers);
            ours.start();
            lines.addAll(
                    switch (part) {
                        case THROUGHPUT -> throughput(rounds, database, servers, ours, writers);
                        case BACKLOG -> backlog(ours);
                    });
            ours.stop();
        }
        return lines;
    }

    private static List<Line> throughput(
            Rounds rounds, HikariDataSource database, String servers, RelayedOutbox ours, Writers writers)
            throws Exception {
        try (var raw = new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers, "acks", "all", "linger.ms", 0, "batch.size", 131_072),
                        new StringSerializer(),
                        new ByteArraySerializer());
                HandWrittenOutbox byHand = new HandWrittenOutbox(database, raw)) {
            return List.of(Line.compared(
                    "outbox to kafka: 8 writers",
                    rounds.compare(
                            Measured.timed(RelayedOutbox.EVENTS, ours::throughput),
                            Measured.timed(RelayedOutbox.EVENTS, () -> byHand(database, byHand, writers))),
                    BrokerBenchmark.BAR));
        }
    }

    private static List<Line> backlog(RelayedOutbox ours) throws Exception {
        List<Line> lines = new ArrayList<>(ours.latency("outbox to kafka: latency at 500/s"));
        List<Double> usual = new ArrayList<>();
        for (int i = 0; i < BACKLOGS; i++) {
            double drained = ours.drain(BACKLOG);
            usual.add(drained);
            lines.add(Line.atLeast("outbox to kafka: backlog " + (i + 1), drained, 20_000, "/s"));
        }
        lines.addAll(ours.latency("outbox to kafka: latency after a million"));
        Ratio million = new Ratio(List.of(ours.drain(MILLION)), List.of(Ratio.median(usual)));
        lines.add(Line.compared("outbox to kafka: a million waiting, beside 200,000", million, BrokerBenchmark.BAR));
        return lines;
    }

    static HikariDataSource database() {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(PostgresServer.find().createFreshDatabase("bench"));
        database.setMaximumPoolSize(WRITERS + 4);
        LibraryScripts.populator().execute(database);
        new JdbcTemplate(database).execute("create table business (id bigserial primary key, what text not null)");
        return database;
    }

    private static void byHand(HikariDataSource database, HandWrittenOutbox outbox, Writers writers) throws Exception {
        long before = outbox.sent();
        List<Message<String, byte[]>> messages = Load.messages(RelayedOutbox.EVENTS);
        outbox.work();
        writers.write(RelayedOutbox.EVENTS, number -> {
            try (Connection connection = database.getConnection()) {
                connection.setAutoCommit(false);
                try (PreparedStatement insert = connection.prepareStatement("insert into business (what) values (?)")) {
                    insert.setString(1, "order " + number);
                    insert.executeUpdate();
                }
                outbox.add(connection, TOPIC, messages.get(number));
                connection.commit();
                connection.setAutoCommit(true);
            }
        });
        outbox.await(before + RelayedOutbox.EVENTS);
        outbox.rest();
    }
}

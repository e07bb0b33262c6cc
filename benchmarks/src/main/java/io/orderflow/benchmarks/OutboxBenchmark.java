package io.orderflow.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.RelayOptions;
import io.orderflow.messaging.testkit.database.LibraryTables;
import io.orderflow.messaging.testkit.servers.KafkaServer;
import io.orderflow.messaging.testkit.servers.PostgresServer;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * From a transaction to Kafka, each with one business row. Every commit of a writer is on the disk when it is answered;
 * the relays' deletes need not be, on both sides.
 */
final class OutboxBenchmark implements Benchmark {

    private enum Part {
        THROUGHPUT,
        BACKLOG
    }

    private static final int EVENTS = 4_000;
    private static final int WRITERS = 8;
    private static final int PACE = 500;
    private static final int PACED_EVENTS = 10 * PACE;
    private static final int BACKLOG = 200_000;
    private static final int BACKLOGS = 5;
    private static final int MILLION = 1_000_000;
    private static final int BACKLOG_TRANSACTION = 1_000;
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
            Ours ours = new Ours(database, accepted, writers);
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
            Rounds rounds, HikariDataSource database, String servers, Ours ours, Writers writers) throws Exception {
        try (var raw = new KafkaProducer<>(
                        Map.of("bootstrap.servers", servers, "acks", "all", "linger.ms", 0, "batch.size", 131_072),
                        new StringSerializer(),
                        new ByteArraySerializer());
                HandWrittenOutbox byHand = new HandWrittenOutbox(database, raw)) {
            return List.of(Line.compared(
                    "outbox to kafka: 8 writers",
                    rounds.compare(
                            Measured.timed(EVENTS, ours::throughput),
                            Measured.timed(EVENTS, () -> byHand(database, byHand, writers))),
                    BrokerBenchmark.BAR));
        }
    }

    private static List<Line> backlog(Ours ours) throws Exception {
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

    private static HikariDataSource database() {
        HikariDataSource database = new HikariDataSource();
        database.setJdbcUrl(PostgresServer.find().createFreshDatabase("bench"));
        database.setMaximumPoolSize(WRITERS + 4);
        LibraryTables.create(database);
        new JdbcTemplate(database).execute("create table business (id bigserial primary key, what text not null)");
        return database;
    }

    private static void byHand(HikariDataSource database, HandWrittenOutbox outbox, Writers writers) throws Exception {
        long before = outbox.sent();
        List<Message<String, byte[]>> messages = Load.messages(EVENTS);
        outbox.work();
        writers.write(EVENTS, number -> {
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
        outbox.await(before + EVENTS);
        outbox.rest();
    }

    /** The library's outbox, and what is done with it. */
    private static final class Ours {

        private final Accepted accepted;
        private final Writers writers;
        private final OutboxRelay relay;
        private final JdbcOutbox outbox;
        private final JdbcTemplate jdbc;
        private final TransactionTemplate transaction;

        Ours(HikariDataSource database, Accepted accepted, Writers writers) {
            this.accepted = accepted;
            this.writers = writers;
            this.relay = new OutboxRelay(database, accepted, RelayOptions.defaults());
            this.outbox = new JdbcOutbox(database, relay::committed);
            this.jdbc = new JdbcTemplate(database);
            this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        }

        void start() {
            relay.start();
        }

        void stop() {
            relay.close();
        }

        void throughput() throws Exception {
            long before = accepted.number();
            List<Message<String, byte[]>> messages = Load.messages(EVENTS);
            writers.write(
                    EVENTS,
                    number -> transaction.executeWithoutResult(status -> {
                        jdbc.update("insert into business (what) values (?)", "order " + number);
                        outbox.add(TOPIC, List.of(messages.get(number)));
                    }));
            accepted.await(before + EVENTS);
        }

        List<Line> latency(String what) throws Exception {
            long before = accepted.number();
            List<Message<String, byte[]>> messages = Load.messages(PACED_EVENTS);
            accepted.latencies();
            writers.paced(
                    PACED_EVENTS,
                    PACE,
                    number -> transaction.executeWithoutResult(status -> {
                        Message<String, byte[]> message = messages.get(number);
                        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                            @Override
                            public void afterCommit() {
                                accepted.committed(message.header(Headers.ID));
                            }
                        });
                        jdbc.update("insert into business (what) values (?)", "order " + number);
                        outbox.add(TOPIC, List.of(message));
                    }));
            accepted.await(before + PACED_EVENTS);
            List<Double> sorted = accepted.latencies();
            return List.of(
                    Line.atMost(what + ", median", sorted.get(sorted.size() / 2), 5, "ms"),
                    Line.noted(what + ", p99", sorted.get(sorted.size() * 99 / 100), "ms"));
        }

        /** Rows a second, from the start of the relay until the broker has the last one. */
        double drain(int rows) throws Exception {
            relay.close();
            long before = accepted.number();
            List<Message<String, byte[]>> some = Load.messages(BACKLOG_TRANSACTION);
            for (int from = 0; from < rows; from += BACKLOG_TRANSACTION) {
                transaction.executeWithoutResult(status -> outbox.add(TOPIC, some));
            }
            return Measured.timed(rows, () -> {
                        relay.start();
                        accepted.await(before + rows);
                    })
                    .perSecond();
        }
    }
}

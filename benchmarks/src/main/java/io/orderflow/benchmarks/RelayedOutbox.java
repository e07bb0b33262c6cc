package io.orderflow.benchmarks;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.RelayOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The library's outbox with its relay, and what is done with it. */
final class RelayedOutbox {

    static final int EVENTS = 4_000;
    private static final int PACE = 500;
    private static final int PACED_EVENTS = 10 * PACE;
    private static final int TRANSACTION = 1_000;

    private final String topic;
    private final Accepted accepted;
    private final Writers writers;
    private final OutboxRelay relay;
    private final JdbcOutbox outbox;
    private final JdbcTemplate jdbc;
    private final TransactionTemplate transaction;

    RelayedOutbox(String topic, DataSource database, Accepted accepted, Writers writers) {
        this.topic = topic;
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

    /** Adds rows that are not to be sent before tomorrow. */
    void delay(int rows) {
        List<Message<String, byte[]>> some = Load.messages(TRANSACTION);
        Instant tomorrow = Instant.now().plus(Duration.ofDays(1));
        for (int from = 0; from < rows; from += TRANSACTION) {
            transaction.executeWithoutResult(status -> outbox.addNotBefore(tomorrow, topic, some));
        }
    }

    void throughput() throws Exception {
        long before = accepted.number();
        List<Message<String, byte[]>> messages = Load.messages(EVENTS);
        writers.write(
                EVENTS,
                number -> transaction.executeWithoutResult(status -> {
                    jdbc.update("insert into business (what) values (?)", "order " + number);
                    outbox.add(topic, List.of(messages.get(number)));
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
                    outbox.add(topic, List.of(message));
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
        List<Message<String, byte[]>> some = Load.messages(TRANSACTION);
        for (int from = 0; from < rows; from += TRANSACTION) {
            transaction.executeWithoutResult(status -> outbox.add(topic, some));
        }
        return Measured.timed(rows, () -> {
                    relay.start();
                    accepted.await(before + rows);
                })
                .perSecond();
    }
}

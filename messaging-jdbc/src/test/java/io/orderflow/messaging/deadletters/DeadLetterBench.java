package io.orderflow.messaging.deadletters;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.database.LibraryScripts;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Dead letters of one group on a real database; nothing reads the outbox. */
final class DeadLetterBench implements AutoCloseable {

    static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    static final int MAX_REDRIVES = 3;
    static final Duration INBOX_RETENTION = Duration.ofDays(7);
    static final Subscription STOCK = new Subscription("orders", "stock", 1, ConsumerOptions.defaults());

    final HikariDataSource database = new HikariDataSource();
    final JdbcTransactionManager transactions;
    final JdbcClient jdbc;
    final DeadLetterCollector collector;
    final DeadLetters deadLetters;
    final Redriving redriving;

    DeadLetterBench() {
        database.setJdbcUrl(PostgresServer.find().createFreshDatabase("deadletters"));
        LibraryScripts.populator().execute(database);
        transactions = new JdbcTransactionManager(database);
        jdbc = JdbcClient.create(database);
        collector = new DeadLetterCollector(database, transactions, INBOX_RETENTION, InstantSource.fixed(NOW));
        deadLetters = new DeadLetters(database);
        redriving = redriving(List.of(STOCK));
    }

    Redriving redriving(List<Subscription> subscriptions) {
        return new Redriving(
                database, transactions, new JdbcOutbox(database, partitions -> {}), subscriptions, MAX_REDRIVES);
    }

    void collect(Message<String, byte[]> message) {
        collector.collect(STOCK, List.of(new Delivery<>(STOCK.deadLetterTopic(), message, "p@1")));
    }

    /** Collects a dead letter as the engine makes one. */
    void collect(String id, Instant at, String exception, String place) {
        collect(dead(id, at, exception, place));
    }

    static Message<String, byte[]> dead(String id, Instant at, String exception, String place) {
        Map<String, String> headers = new HashMap<>();
        headers.put(Headers.ID, id);
        headers.put(Headers.TYPE, "order.placed.v1");
        headers.put(Headers.ATTEMPTS, "6");
        headers.put(Headers.FIRST_FAILURE, at.minusSeconds(60).toString());
        headers.put(Headers.DEAD_LETTERED_AT, at.toString());
        headers.put(Headers.DEAD_LETTER_REASON, "all 6 attempts failed");
        headers.put(Headers.DEAD_LETTER_CAUSE, exception + ": of " + id);
        headers.put(Headers.DEAD_LETTER_PLACE, place);
        headers.put(Headers.ORIGIN_TOPIC, "orders");
        headers.put(Headers.ORIGIN_GROUP, "stock");
        return new Message<>(
                "key-" + id,
                ("{\"id\":\"" + id + "\"}").getBytes(StandardCharsets.UTF_8),
                headers,
                NOW.minusSeconds(90));
    }

    /** Makes the message of the last redrive fail again, as the engine would. */
    void failAgain(String id, Instant at) {
        String redrive = jdbc.sql("select redrive::text from messaging_dead_letter where message_id = ?")
                .param(id)
                .query(String.class)
                .single();
        collect(dead(id, at, "java.lang.IllegalStateException", "Stock#take:1").withHeader(Headers.REDRIVE, redrive));
    }

    DeadLetter only() {
        List<DeadLetter> all = deadLetters.list(DeadLetterFilter.all(), 0, 10);
        if (all.size() != 1) {
            throw new AssertionError("There should be one dead letter, not " + all);
        }
        return all.get(0);
    }

    long outboxRows() {
        return jdbc.sql("select count(*) from messaging_outbox")
                .query(Long.class)
                .single();
    }

    @Override
    public void close() {
        database.close();
    }
}

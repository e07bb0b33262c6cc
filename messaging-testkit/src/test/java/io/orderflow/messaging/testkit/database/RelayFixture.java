package io.orderflow.messaging.testkit.database;

import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.outbox.Outbox;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.RelayOptions;
import io.orderflow.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A relay over an empty database of its own, and what it sends. */
abstract class RelayFixture {

    static final Duration PATIENCE = Duration.ofSeconds(60);
    static final Duration LEASE = Duration.ofSeconds(2);

    final Deque<AutoCloseable> opened = new ArrayDeque<>();
    final String url = PostgresServer.find().createFreshDatabase("relay");
    final HikariDataSource database = track(Databases.migrated(url));
    final Outbox outbox = new JdbcOutbox(database, partitions -> {});
    final RecordingProducer sends = new RecordingProducer();

    @AfterEach
    void closeAll() throws Exception {
        sends.unblock();
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    OutboxRelay relay() {
        OutboxRelay relay = track(new OutboxRelay(database, sends, options()));
        relay.start();
        return relay;
    }

    static RelayOptions options() {
        return RelayOptions.defaults().withLease(LEASE);
    }

    <T extends AutoCloseable> T track(T thing) {
        opened.push(thing);
        return thing;
    }

    void add(String key, String text) {
        inTransaction(() -> outbox.add("orders", List.of(message(key, text))));
    }

    static Message<String, byte[]> message(String key, String text) {
        return new Message<>(key, text.getBytes(StandardCharsets.UTF_8), Map.of(), Instant.now());
    }

    void inTransaction(Runnable work) {
        new TransactionTemplate(new JdbcTransactionManager(database)).executeWithoutResult(status -> work.run());
    }

    long rows() {
        return sql("select count(*) from messaging_outbox").query(Long.class).single();
    }

    void awaitEmpty() {
        await().atMost(PATIENCE).until(() -> rows() == 0);
    }

    JdbcClient.StatementSpec sql(String sql) {
        return JdbcClient.create(database).sql(sql);
    }
}

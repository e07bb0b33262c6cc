package io.orderflow.messaging.testkit.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.outbox.Outbox;
import io.orderflow.messaging.testkit.database.OutboxConformance.Relay;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import javax.sql.DataSource;
import org.junit.jupiter.api.function.Executable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The outbox of one scenario, its relays, the messages they sent, and the resources to close at its end. */
final class OutboxScenario {

    /** How long expected messages are waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private final OutboxConformance suite;
    private final DataSource database;
    private final PlatformTransactionManager transactions;
    private final Outbox outbox;
    private final RecordingProducer sends = new RecordingProducer();
    private final List<Relay> relays = new ArrayList<>();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    OutboxScenario(OutboxConformance suite) {
        this.suite = suite;
        database = freshDatabase();
        transactions = suite.transactions(database);
        outbox = suite.outbox(database, () -> relays.forEach(Relay::wake));
        jdbc().sql("create table orders (id text primary key, events int not null)")
                .update();
    }

    void close() throws Exception {
        sends.unblock();
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    DataSource freshDatabase() {
        DataSource fresh = suite.freshDatabase();
        if (fresh instanceof AutoCloseable closeable) {
            opened.push(closeable);
        }
        return fresh;
    }

    DataSource database() {
        return database;
    }

    JdbcClient jdbc() {
        return JdbcClient.create(database);
    }

    Outbox outbox() {
        return outbox;
    }

    RecordingProducer sends() {
        return sends;
    }

    Relay relay() {
        return relay(sends);
    }

    Relay relay(MessageProducer<String, byte[]> producer) {
        Relay relay = suite.startRelay(database, producer);
        opened.push(relay);
        relays.add(relay);
        return relay;
    }

    /** Threads that end with the scenario. */
    ExecutorService threads(int number) {
        ExecutorService threads = Executors.newFixedThreadPool(number);
        opened.push(threads::shutdownNow);
        return threads;
    }

    void inTransaction(Runnable work) {
        inTransaction(TransactionDefinition.PROPAGATION_REQUIRED, work);
    }

    void inTransaction(int propagation, Runnable work) {
        TransactionTemplate transaction = new TransactionTemplate(transactions);
        transaction.setPropagationBehavior(propagation);
        transaction.executeWithoutResult(status -> work.run());
    }

    /** Runs when the current transaction has been committed, before its caller continues. */
    static void afterCommit(Runnable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void afterCommit() {
                work.run();
            }
        });
    }

    /** Runs before the current transaction commits, after callbacks that were registered earlier. */
    static void beforeCommit(Executable work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                try {
                    work.execute();
                } catch (Throwable e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }

    void add(String key, String text) {
        outbox.add("orders", List.of(message(key, text)));
    }

    static Message<String, byte[]> message(String key, String text) {
        return new Message<>(key, text.getBytes(UTF_8), Map.of(), Instant.now());
    }

    void awaitSent(int number) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sends.firsts()).hasSizeGreaterThanOrEqualTo(number));
    }

    void awaitEmpty() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows()).isZero());
    }

    /** How many rows the outbox has. */
    long rows() {
        return jdbc().sql("select count(*) from messaging_outbox")
                .query(Long.class)
                .single();
    }

    /** The messages that were sent, without duplicates. */
    List<RecordingProducer.Sent> distinct() {
        var ids = new HashSet<String>();
        return sends.all().stream().filter(sent -> ids.add(sent.id())).toList();
    }

    /** The texts that were sent and have this prefix. */
    List<String> texts(String prefix) {
        return sends.firsts().stream().filter(text -> text.startsWith(prefix)).toList();
    }
}

package io.orderflow.messaging.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.inbox.Inbox;
import io.orderflow.messaging.inbox.Inbox.Entry;
import io.orderflow.messaging.inbox.Inbox.Finding;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The inbox of one scenario, with transactions and threads. */
final class InboxScenario {

    static final String TOPIC = "topic";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Inbox inbox;
    private final TransactionTemplate transaction;
    private final BooleanSupplier isAnyTransactionWaiting;
    private final ExecutorService threads = Executors.newCachedThreadPool();

    InboxScenario(Inbox inbox, DataSource database, BooleanSupplier isAnyTransactionWaiting) {
        this.inbox = inbox;
        this.transaction = new TransactionTemplate(new JdbcTransactionManager(database));
        this.isAnyTransactionWaiting = isAnyTransactionWaiting;
    }

    void close() throws InterruptedException {
        threads.shutdownNow();
        assertThat(threads.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    Inbox inbox() {
        return inbox;
    }

    TransactionTemplate transaction() {
        return transaction;
    }

    ExecutorService threads() {
        return threads;
    }

    List<Finding> note(String group, String... ids) {
        return noteOf(group, TOPIC, Stream.of(ids).map(InboxScenario::entry).toArray(Entry[]::new));
    }

    /** Records messages in a transaction of their own. */
    List<Finding> noteOf(String group, String topic, Entry... messages) {
        return transaction.execute(status -> inbox.note(group, topic, List.of(messages)));
    }

    /** Records messages in the current transaction, and returns how many are new. */
    int countNew(List<Entry> messages) {
        return Collections.frequency(inbox.note("group", TOPIC, messages), Finding.NEW);
    }

    static Entry entry(String id) {
        return entry(id, "content");
    }

    static Entry entry(String id, String content) {
        Message<String, byte[]> message =
                new Message<>(null, content.getBytes(StandardCharsets.UTF_8), Map.of(), Instant.EPOCH);
        return new Entry(new MessageId("/source", id), ContentDigest.of(message));
    }

    /** Records a message while another transaction has recorded one and not ended; returns the finding once that has ended. */
    Finding noteDuringAnother(Entry first, Entry second, boolean rollBack) throws Exception {
        CountDownLatch recorded = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<?> other = threads.submit(() -> {
            transaction.executeWithoutResult(status -> {
                inbox.note("group", TOPIC, List.of(first));
                recorded.countDown();
                try {
                    end.await();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
                if (rollBack) {
                    status.setRollbackOnly();
                }
            });
        });
        recorded.await();
        Future<List<Finding>> waiting = threads.submit(() -> noteOf("group", TOPIC, second));
        await().atMost(PATIENCE).until(isAnyTransactionWaiting::getAsBoolean);
        assertThat(waiting).isNotDone();
        end.countDown();
        other.get();
        return waiting.get().get(0);
    }
}

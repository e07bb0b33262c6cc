package io.orderflow.messaging.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.outbox.Outbox;
import io.orderflow.messaging.outbox.OutboxOperations;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.ParkedRow;
import io.orderflow.messaging.outbox.RelayOptions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a relay does about rows whose partition was taken over, or about which an operator decides meanwhile. */
class RelayFenceTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /** It renews its leases at the start, and is sure of them for the rest of the test. */
    private static final RelayOptions SURE =
            RelayOptions.defaults().withLease(Duration.ofHours(3)).withLongestIdle(Duration.ofMillis(25));

    private static final RelayOptions RENEWING = RelayOptions.defaults().withLease(Duration.ofMillis(600));

    private final HikariDataSource database = Databases.fresh();
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(database);
    private final Outbox outbox = new JdbcOutbox(database, partitions -> {});
    private final OutboxOperations operations = new OutboxOperations(database, transactions);
    private final RecordingProducer sends = new RecordingProducer();
    private OutboxRelay relay;

    @AfterEach
    void close() {
        if (relay != null) {
            relay.close();
        }
        database.close();
    }

    @Test
    void rows_of_a_partition_that_was_taken_over_are_not_read() {
        start(sends, SURE);
        add("taken", "before");
        add("kept", "before");
        await().atMost(PATIENCE).until(() -> rows() == 0);
        takeOver("taken");

        add("taken", "late");
        add("kept", "1");
        await().atMost(PATIENCE).until(() -> sends.firsts().contains("1"));
        add("kept", "2"); // read after the other one could be
        await().atMost(PATIENCE).until(() -> sends.firsts().contains("2"));

        assertThat(sends.firsts()).doesNotContain("late");
    }

    @Test
    void what_another_owner_has_made_ready_is_sent_when_the_partition_comes_back() {
        sends.reject(sent -> sent.text().equals("poison"));
        start(sends, RelayOptions.defaults().withLease(Duration.ofSeconds(3)));
        add("taken", "poison");
        await().atMost(PATIENCE).until(() -> operations.count() == 1);
        for (int i = 0; i < 20; i++) { // the low-water mark passes the parked row
            String text = "later " + i;
            add("other " + i, text);
            await().atMost(PATIENCE).until(() -> sends.firsts().contains(text));
        }
        sends.reject(sent -> false);

        new TransactionTemplate(transactions).executeWithoutResult(status -> {
            takeOver("taken");
            jdbc().sql("update messaging_outbox_lease set owner = null, until = '-infinity' where partition = ?")
                    .param(partition("taken"))
                    .update();
            jdbc().sql("update messaging_outbox set parked_at = null").update();
        });

        await().atMost(Duration.ofSeconds(20)).until(() -> sends.firsts().contains("poison"));
    }

    @Test
    void a_refusal_that_comes_late_parks_nothing_of_the_successor() throws Exception {
        CountDownLatch sending = new CountDownLatch(1);
        CountDownLatch answer = new CountDownLatch(1);
        MessageProducer<String, byte[]> slow = new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                if (messages.get(0).key().equals("kept")) {
                    sends.sendBatch(topic, messages);
                    return;
                }
                sending.countDown();
                try {
                    answer.await();
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                }
                throw new MessageRejectedException("It is refused, because this test says so.", null);
            }

            @Override
            public void close() {}
        };
        start(slow, SURE);
        add("taken", "1");
        sending.await();
        takeOver("taken");
        answer.countDown();
        add("kept", "2"); // read after the other one's outcome was noted
        await().atMost(PATIENCE).until(() -> sends.firsts().contains("2"));

        assertThat(operations.count()).isZero();
        assertThat(rows()).isOne();
    }

    @Test
    void a_relay_that_comes_back_waits_for_no_other_that_does() throws Exception {
        jdbc().sql("insert into messaging_outbox_relay values (gen_random_uuid(), '-infinity')")
                .update();
        try (Connection other = database.getConnection();
                Statement renewing = other.createStatement()) {
            other.setAutoCommit(false);
            renewing.executeUpdate("update messaging_outbox_relay set until = now() + interval '1 hour'");
            start(sends, RENEWING);
            add("a", "1");

            await().atMost(Duration.ofSeconds(10)).until(() -> sends.firsts().contains("1"));
            other.rollback();
        }
    }

    @Test
    void a_parked_row_is_listed_and_deleting_it_has_those_behind_it_sent() {
        sends.reject(sent -> sent.text().equals("poison"));
        start(sends, RENEWING);
        add("a", "poison");
        add("a", "2");
        add("a", "3");
        await().atMost(PATIENCE).until(() -> operations.count() == 3);
        List<ParkedRow> parked = operations.parked(0, 10);
        assertThat(parked).extracting(ParkedRow::reason).startsWith("This message is rejected in this test.");
        assertThat(parked).extracting(ParkedRow::key).containsOnly("a");
        assertThat(operations.parked(1, 1)).containsExactly(parked.get(1));

        assertThat(operations.delete(parked.get(1).id(), "ada")).isPresent();
        assertThat(operations.parked(0, 10)).noneMatch(ParkedRow::released); // they wait behind the first, not this one
        assertThat(operations.delete(parked.get(0).id(), "ada")).isPresent();

        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(sends.firsts()).containsExactly("3");
        assertThat(operations.delete(parked.get(0).id(), "ada")).isEmpty();
        assertThat(operations.release(parked.get(2).id(), "ada")).isEmpty();
    }

    @Test
    void nothing_waits_behind_a_delayed_row_that_is_parked() {
        sends.reject(sent -> sent.text().startsWith("poison"));
        start(sends, RENEWING);
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> outbox.addAfter(
                        Duration.ZERO, "orders", List.of(OutboxScenario.message("a", "poison, delayed"))));
        await().atMost(PATIENCE).until(() -> operations.count() == 1);
        add("a", "poison");
        await().atMost(PATIENCE).until(() -> operations.count() == 2);

        assertThat(operations.delete(operations.parked(0, 1).get(0).id(), "ada"))
                .hasValueSatisfying(row -> assertThat(row.delayed()).isTrue());

        assertThat(operations.parked(0, 10)).singleElement().matches(row -> !row.released());
    }

    @Test
    void parked_rows_that_are_released_go_out_in_their_order() {
        sends.reject(sent -> sent.text().equals("1"));
        start(sends, RENEWING);
        add("a", "1");
        add("a", "2");
        await().atMost(PATIENCE).until(() -> operations.count() == 2);
        sends.reject(sent -> false);

        assertThat(operations.release(operations.parked(0, 1).get(0).id(), "ada"))
                .hasValueSatisfying(row -> assertThat(row.released()).isTrue());
        add("a", "3");

        await().atMost(PATIENCE).until(() -> rows() == 0);
        assertThat(sends.firsts()).containsExactly("1", "2", "3");
    }

    @Test
    void a_row_that_is_being_parked_behind_one_that_is_deleted_meanwhile_is_sent() throws Exception {
        sends.reject(sent -> sent.text().equals("poison"));
        start(sends, RENEWING);
        add("a", "poison");
        await().atMost(PATIENCE).until(() -> operations.count() == 1);
        long first = operations.parked(0, 1).get(0).id();
        CompletableFuture<?> deleted;
        try (Connection slow = database.getConnection();
                Statement holdUp = slow.createStatement()) {
            // as a disk that is slow at the wrong time: the relay has read the row, and cannot park it yet
            slow.setAutoCommit(false);
            jdbc().sql("create function wait_for_test() returns trigger language plpgsql as"
                            + " 'begin perform pg_advisory_xact_lock(42); return new; end'")
                    .update();
            jdbc().sql("create trigger wait_for_test before update on messaging_outbox for each row"
                            + " when (new.parked_reason like 'An earlier row%') execute function wait_for_test()")
                    .update();
            holdUp.execute("select pg_advisory_xact_lock(42)");
            add("a", "behind");
            await().atMost(PATIENCE).until(() -> waitingFor("advisory") == 1);
            deleted = CompletableFuture.runAsync(() -> operations.delete(first, "ada"));
            await().atMost(PATIENCE).until(() -> deleted.isDone() || waitingFor("transactionid") == 1);
            slow.rollback();
        }
        deleted.join();

        await().atMost(Duration.ofSeconds(10)).until(() -> rows() == 0);
        assertThat(sends.firsts()).containsExactly("behind");
    }

    private long waitingFor(String lock) {
        return jdbc().sql("select count(*) from pg_stat_activity where datname = current_database()"
                        + " and wait_event_type = 'Lock' and wait_event = ?")
                .param(lock)
                .query(Long.class)
                .single();
    }

    /** As another relay does when the lease has run out, which the first one does not know yet. */
    private void takeOver(String key) {
        jdbc().sql("update messaging_outbox_lease set owner = gen_random_uuid(), epoch = epoch + 1 where partition = ?")
                .param(partition(key))
                .update();
    }

    private static int partition(String key) {
        int hash = 31 * "orders".hashCode() + key.hashCode();
        return Math.floorMod(hash ^ (hash >>> 16), 16);
    }

    private void start(MessageProducer<String, byte[]> producer, RelayOptions options) {
        relay = new OutboxRelay(database, producer, options);
        relay.start();
    }

    private void add(String key, String text) {
        new TransactionTemplate(transactions)
                .executeWithoutResult(status -> outbox.add("orders", List.of(OutboxScenario.message(key, text))));
    }

    private long rows() {
        return jdbc().sql("select count(*) from messaging_outbox")
                .query(Long.class)
                .single();
    }

    private JdbcClient jdbc() {
        return JdbcClient.create(database);
    }
}

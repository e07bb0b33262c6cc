package io.orderflow.messaging.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.outbox.Outbox;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.RelayOptions;
import io.orderflow.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What is particular to the relay: its leases, its fence, what it parks, what it says of itself. */
class OutboxRelayTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration LEASE = Duration.ofSeconds(2);

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final String url = PostgresServer.find().createFreshDatabase("relay");
    private final HikariDataSource database = track(Databases.migrated(url));
    private final Outbox outbox = new JdbcOutbox(database, partitions -> {});
    private final RecordingProducer sends = new RecordingProducer();

    @AfterEach
    void closeAll() throws Exception {
        sends.unblock();
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    @Test
    void a_relay_killed_between_confirm_and_delete_has_its_message_sent_again_with_the_same_id() throws Exception {
        RelayProcess killed = track(RelayProcess.start(url));
        add("a", "1");
        String id = killed.nextSent();
        killed.kill();
        assertThat(rows()).isOne();

        relay();

        awaitEmpty();
        assertThat(sends.all()).extracting(RecordingProducer.Sent::id).containsExactly(id);
    }

    @Test
    void a_frozen_process_is_taken_over_and_its_late_delete_removes_nothing() throws Exception {
        RelayProcess frozen = track(RelayProcess.start(url));
        add("a", "1");
        String id = frozen.nextSent();
        frozen.freeze();
        sends.block();
        relay();
        await().atMost(PATIENCE).until(() -> sends.all().size() == 1);
        assertThat(sends.all()).extracting(RecordingProducer.Sent::id).containsExactly(id);

        frozen.thaw(); // it deletes now; that it has, is seen by its renewing a lease of nothing
        UUID successor = sql("select owner from messaging_outbox_lease where partition = 0")
                .query(UUID.class)
                .single();
        await().atMost(PATIENCE)
                .until(() -> sql("select count(*) from messaging_outbox_relay where until > now() and id <> ?")
                                .param(successor)
                                .query(Long.class)
                                .single()
                        == 1);
        assertThat(rows()).isOne();

        sends.unblock();
        awaitEmpty();
    }

    @Test
    void a_relay_frozen_in_a_send_deletes_nothing_of_its_successor() {
        RecordingProducer first = new RecordingProducer();
        first.block();
        OutboxRelay frozen = track(new OutboxRelay(database, first, options()));
        frozen.start();
        add("a", "1");
        await().atMost(PATIENCE).until(() -> first.all().size() == 1);
        sql("update messaging_outbox_lease set until = '-infinity'").update(); // its lease has run out
        sql("delete from messaging_outbox_relay").update();

        sends.block();
        relay();
        await().atMost(PATIENCE).until(() -> sends.all().size() == 1);
        first.unblock();
        await().atMost(PATIENCE)
                .until(() -> sql("select count(*) from messaging_outbox_relay")
                                .query(Long.class)
                                .single()
                        == 2);
        assertThat(rows()).isOne();

        sends.unblock();
        awaitEmpty();
    }

    @Test
    void a_newcomer_gets_its_share_and_a_clean_close_gives_it_back_at_once() {
        OutboxRelay first = relay();
        await().atMost(PATIENCE).until(() -> shares().equals(List.of(16L)));
        OutboxRelay second = relay();
        await().atMost(PATIENCE).until(() -> shares().equals(List.of(8L, 8L)));

        second.close();
        assertThat(shares()).isEqualTo(List.of(8L));
        await().atMost(PATIENCE).until(() -> shares().equals(List.of(16L)));

        first.close();
        assertThat(shares()).isEmpty();
    }

    @Test
    void other_relays_are_told_of_a_commit_for_their_partitions_and_only_of_those() throws Exception {
        anotherRelayLives();
        OutboxRelay relay = relay();
        await().atMost(PATIENCE).until(() -> shares().equals(List.of(8L)));
        int mine = sql("select bit_or(1 << partition) from messaging_outbox_lease where owner is not null")
                .query(Integer.class)
                .single();
        try (Connection other = database.getConnection();
                Statement listen = other.createStatement()) {
            listen.execute("listen messaging_outbox");
            relay.committed(mine);
            relay.committed(0xFFFF);

            PGNotification[] told = other.unwrap(PGConnection.class).getNotifications((int) PATIENCE.toMillis());
            assertThat(told).extracting(PGNotification::getParameter).containsExactly(Integer.toString(0xFFFF & ~mine));
        }
    }

    @Test
    void a_relay_that_dozes_hears_of_what_others_commit_for_it() {
        anotherRelayLives();
        RelayOptions seldom =
                RelayOptions.defaults().withLease(Duration.ofHours(3)).withLongestIdle(Duration.ofHours(1));
        track(new OutboxRelay(database, sends, seldom)).start();
        // its pauses double: the next look of itself is now at least as far away as the last one
        await().atMost(PATIENCE).until(() -> secondsSinceALook() > 4);
        IntStream.range(0, 64).forEach(i -> add("key-" + i, Integer.toString(i)));

        sql("select pg_notify('messaging_outbox', '65535')").query().listOfRows();

        await().atMost(Duration.ofSeconds(3)).until(() -> !sends.all().isEmpty());
        assertThat(rows()).isBetween(1L, 63L);
    }

    private void anotherRelayLives() {
        sql("insert into messaging_outbox_relay (id, until) values (gen_random_uuid(), now() + interval '1 hour')")
                .update();
    }

    private double secondsSinceALook() {
        return sql("select coalesce(extract(epoch from clock_timestamp() - max(state_change)), 0)"
                        + " from pg_stat_activity where datname = current_database() and state = 'idle'"
                        + " and query like '%messaging_outbox w%'")
                .query(Double.class)
                .single();
    }

    @Test
    void a_relay_can_be_closed_twice_and_started_again() {
        OutboxRelay relay = relay();
        relay.close();
        relay.close();
        assertThat(relay.isRunning()).isFalse();
        add("a", "1");
        relay.start();

        awaitEmpty();
    }

    @Test
    void parked_rows_are_sent_in_order_once_they_are_released() {
        sends.reject(sent -> sent.text().equals("1"));
        relay();
        IntStream.rangeClosed(1, 3).forEach(i -> add("a", Integer.toString(i)));
        await().atMost(PATIENCE).until(() -> parked() == 3);
        IntStream.rangeClosed(1, 100).forEach(i -> add("other", "other"));
        await().atMost(PATIENCE).until(() -> rows() == 3);

        sends.reject(sent -> false);
        sql("update messaging_outbox set released = true where parked_at is not null")
                .update();
        add("a", "4");

        awaitEmpty();
        assertThat(sends.firsts()).filteredOn(text -> !text.equals("other")).containsExactly("1", "2", "3", "4");
    }

    @Test
    void a_row_that_is_not_to_be_sent_before_some_time_parks_alone() {
        sends.reject(sent -> sent.text().equals("poison"));
        relay();
        inTransaction(() -> outbox.addNotBefore(Instant.now(), "orders", List.of(message("a", "poison"))));
        await().atMost(PATIENCE).until(() -> parked() == 1);
        add("a", "flows");

        await().atMost(PATIENCE).until(() -> sends.firsts().contains("flows"));
    }

    @Test
    void the_status_tells_of_rows_that_wait_of_parked_ones_and_of_a_broker_that_is_away() {
        sends.unavailable(true);
        OutboxRelay relay = track(new OutboxRelay(database, sends, options()));
        inTransaction(() -> IntStream.range(0, 20).forEach(i -> outbox.add("orders", List.of(message("a", "1")))));
        sql("update messaging_outbox set created_at = now() - interval '1 hour'")
                .update();
        assertThat(relay.status()).satisfies(status -> {
            assertThat(status.rows()).isEqualTo(20);
            assertThat(status.oldestAge()).isBetween(Duration.ofMinutes(59), Duration.ofMinutes(61));
            assertThat(status.parked()).isZero();
            assertThat(status.failingSince()).isNull();
        });

        relay.start();
        await().atMost(PATIENCE).until(() -> relay.status().failingSince() != null);
        assertThat(relay.status().failure()).contains("unavailable");

        sends.unavailable(false);
        awaitEmpty();
        await().atMost(PATIENCE).until(() -> relay.status().rows() == 0);
        assertThat(relay.status().failingSince()).isNull();
        assertThat(relay.status().oldestAge()).isZero();
    }

    @Test
    void a_topic_that_could_not_be_sent_to_is_forgotten_when_another_relay_has_sent_all_that_waited() {
        sends.unavailable(true);
        OutboxRelay relay = relay();
        inTransaction(() -> outbox.add("orders", List.of(message("a", "1"))));
        await().atMost(PATIENCE).until(() -> relay.status().failingSince() != null);

        // as another relay does that has taken the partition over, because this one was held up for too long
        sql("delete from messaging_outbox").update();
        sends.unavailable(false);

        await().atMost(PATIENCE).until(() -> relay.status().failingSince() == null);
    }

    @Test
    void a_broker_that_has_kept_a_relay_waiting_before_it_failed_is_tried_again_soon() {
        Duration silence = Duration.ofMillis(1_500);
        AtomicLong failedAt = new AtomicLong();
        AtomicLong triedAgainAt = new AtomicLong();
        MessageProducer<String, byte[]> silentAtFirst = new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                if (failedAt.get() == 0) {
                    LockSupport.parkNanos(silence.toNanos()); // as long as a client waits for an answer
                    failedAt.set(System.nanoTime());
                    throw new MessagingException("The broker is silent, because this test says so.", null);
                }
                triedAgainAt.compareAndSet(0, System.nanoTime());
                sends.sendBatch(topic, messages);
            }

            @Override
            public void close() {}
        };
        track(new OutboxRelay(database, silentAtFirst, options())).start();

        add("a", "1");

        awaitEmpty();
        assertThat(Duration.ofNanos(triedAgainAt.get() - failedAt.get())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_topic_that_takes_long_to_fail_does_not_hold_up_the_others() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();
        MessageProducer<String, byte[]> producer = new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                if (!topic.name().equals("silent")) {
                    sends.sendBatch(topic, messages);
                } else if (tries.incrementAndGet() == 1) {
                    throw new MessagingException("No answer, because this test says so.", null);
                } else {
                    awaitEndOf(silence);
                    sends.sendBatch(topic, messages);
                }
            }

            @Override
            public void close() {}
        };
        OutboxRelay relay = track(new OutboxRelay(database, producer, options()));
        inTransaction(() -> outbox.add("silent", List.of(message("a", "waits"))));
        relay.start();
        await().atMost(PATIENCE).until(() -> tries.get() == 2);

        add("a", "flows");

        await().atMost(Duration.ofSeconds(5)).until(() -> sends.firsts().contains("flows"));
        assertThat(relay.status().failingSince()).isNotNull();
        silence.countDown();
        awaitEmpty();
        assertThat(sends.firsts()).containsExactly("flows", "waits");
        await().atMost(PATIENCE).until(() -> relay.status().failingSince() == null);
    }

    private static void awaitEndOf(CountDownLatch silence) {
        try {
            silence.await();
        } catch (InterruptedException e) {
            throw new MessagingException("interrupted", e);
        }
    }

    @Test
    void a_batch_is_bounded_in_bytes() {
        List<Integer> sizes = new ArrayList<>();
        inTransaction(() -> IntStream.range(0, 40)
                .forEach(i -> outbox.add(
                        "orders", List.of(new Message<>("key-" + i, new byte[500_000], Map.of(), Instant.now())))));
        OutboxRelay relay = track(new OutboxRelay(
                database,
                new MessageProducer<>() {
                    @Override
                    public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                        sizes.add(messages.size());
                    }

                    @Override
                    public void close() {}
                },
                options()));
        relay.start();

        awaitEmpty();
        assertThat(sizes).allMatch(size -> size <= 9).hasSizeBetween(5, 10);
    }

    @Test
    void neither_looking_for_rows_nor_renewing_the_leases_reads_those_that_are_due_later() {
        int waiting = 100_000;
        sql("insert into messaging_outbox (partition, topic, headers, made_at, not_before)"
                        + " select i % 16, 'orders', '{}', 0, now() + interval '1 day' from generate_series(1, ?) i")
                .param(waiting)
                .update();
        track(new OutboxRelay(
                        database,
                        sends,
                        options().withLease(Duration.ofMillis(150)).withLongestIdle(Duration.ofMillis(25))))
                .start();

        // a look scans each partition's index once; forty looks take a second, and so there are about twenty renewals
        await().atMost(PATIENCE).until(() -> {
            long read = readByAnyIndex();
            awaitFortyReads();
            return readByAnyIndex() - read < waiting;
        });
    }

    @Test
    void a_transaction_that_stays_open_in_a_quiet_system_is_not_overtaken_when_it_commits() throws Exception {
        RelayOptions quiet = RelayOptions.defaults() // no renewal, and so no transaction but that one
                .withLease(Duration.ofHours(3))
                .withLongestIdle(Duration.ofMillis(25));
        track(new OutboxRelay(database, sends, quiet)).start();
        add("a", "before");
        awaitEmpty();
        await().atMost(PATIENCE).until(() -> transactionIdsDrawnWhileItReadsFortyTimes() == 0);
        CountDownLatch written = new CountDownLatch(1);
        CountDownLatch settled = new CountDownLatch(1);
        Thread slow = new Thread(() -> inTransaction(() -> {
            add("a", "first"); // its row is inserted before the callback that is registered after it
            OutboxScenario.beforeCommit(() -> {
                written.countDown();
                settled.await();
            });
        }));
        slow.start();
        written.await();
        awaitFortyReads();

        settled.countDown();
        slow.join();
        add("a", "second");

        await().atMost(Duration.ofSeconds(10)).until(() -> rows() == 0);
        assertThat(sends.firsts()).containsExactly("before", "first", "second");
    }

    /** The database publishes its statistics once a second. */
    private void awaitFortyReads() {
        long scans = ofPrimaryKey("idx_scan");
        await().atMost(PATIENCE).until(() -> ofPrimaryKey("idx_scan") > scans + 40 * 16);
    }

    private long transactionIdsDrawnWhileItReadsFortyTimes() {
        long before = transactionId();
        awaitFortyReads();
        return transactionId() - before - 1;
    }

    private long transactionId() {
        return sql("select pg_current_xact_id()::text::bigint")
                .query(Long.class)
                .single();
    }

    private long readByAnyIndex() {
        return sql("select sum(idx_tup_read) from pg_stat_user_indexes where relname = 'messaging_outbox'")
                .query(Long.class)
                .single();
    }

    private long ofPrimaryKey(String statistic) {
        return sql("select " + statistic + " from pg_stat_user_indexes where indexrelname = 'messaging_outbox_pkey'")
                .query(Long.class)
                .single();
    }

    @Test
    void the_relay_recovers_when_its_database_is_restarted() {
        try (PostgresServer server = PostgresServer.start();
                HikariDataSource restarted = Databases.migrated(server.createFreshDatabase("restart"));
                OutboxRelay relay = new OutboxRelay(restarted, sends, options())) {
            relay.start();
            Outbox its = new JdbcOutbox(restarted, relay::committed);
            TransactionTemplate transaction = new TransactionTemplate(new JdbcTransactionManager(restarted));
            transaction.executeWithoutResult(status -> its.add("orders", List.of(message("a", "before"))));
            await().atMost(PATIENCE).until(() -> sends.firsts().contains("before"));

            server.crash();
            await().atMost(PATIENCE).until(() -> relay.status().failingSince() != null);
            server.restart();
            transaction.executeWithoutResult(status -> its.add("orders", List.of(message("a", "after"))));

            await().atMost(PATIENCE).until(() -> sends.firsts().contains("after"));
            await().atMost(PATIENCE).until(() -> relay.status().failingSince() == null);
        }
    }

    private OutboxRelay relay() {
        OutboxRelay relay = track(new OutboxRelay(database, sends, options()));
        relay.start();
        return relay;
    }

    private static RelayOptions options() {
        return RelayOptions.defaults().withLease(LEASE);
    }

    private <T extends AutoCloseable> T track(T thing) {
        opened.push(thing);
        return thing;
    }

    private void add(String key, String text) {
        inTransaction(() -> outbox.add("orders", List.of(message(key, text))));
    }

    private static Message<String, byte[]> message(String key, String text) {
        return new Message<>(key, text.getBytes(StandardCharsets.UTF_8), Map.of(), Instant.now());
    }

    private void inTransaction(Runnable work) {
        new TransactionTemplate(new JdbcTransactionManager(database)).executeWithoutResult(status -> work.run());
    }

    private List<Long> shares() {
        return sql("select count(*) from messaging_outbox_lease where owner is not null group by owner")
                .query(Long.class)
                .list();
    }

    private long parked() {
        return sql("select count(*) from messaging_outbox where parked_at is not null")
                .query(Long.class)
                .single();
    }

    private long rows() {
        return sql("select count(*) from messaging_outbox").query(Long.class).single();
    }

    private void awaitEmpty() {
        await().atMost(PATIENCE).until(() -> rows() == 0);
    }

    private JdbcClient.StatementSpec sql(String sql) {
        return JdbcClient.create(database).sql(sql);
    }
}

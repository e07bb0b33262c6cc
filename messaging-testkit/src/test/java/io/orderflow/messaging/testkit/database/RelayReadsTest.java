package io.orderflow.messaging.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.RelayOptions;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a relay reads at once, and in which order. Transaction ids are those of the whole server, so one test runs at a time. */
class RelayReadsTest extends RelayFixture {

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
    void neither_polling_nor_renewing_leases_reads_rows_that_are_due_later() {
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

        // a poll scans the index once for each partition; forty polls take a second, with about twenty renewals
        await().atMost(PATIENCE).until(() -> {
            long read = readByAnyIndex();
            awaitFortyReads();
            return readByAnyIndex() - read < waiting;
        });
    }

    @Test
    void a_row_of_a_long_transaction_is_sent_before_later_rows_in_an_idle_system() throws Exception {
        RelayOptions quiet = RelayOptions.defaults() // no renewals, and therefore no other transaction
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
}

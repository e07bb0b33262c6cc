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
import io.orderflow.servers.PostgresServer;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What a relay does with rows that cannot be sent, and what it reports. */
@Execution(ExecutionMode.CONCURRENT)
class RelayFailureTest extends RelayFixture {

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
    void a_delayed_row_is_parked_alone() {
        sends.reject(sent -> sent.text().equals("poison"));
        relay();
        inTransaction(() -> outbox.addNotBefore(Instant.now(), "orders", List.of(message("a", "poison"))));
        await().atMost(PATIENCE).until(() -> parked() == 1);
        add("a", "flows");

        await().atMost(PATIENCE).until(() -> sends.firsts().contains("flows"));
    }

    @Test
    void the_status_reports_waiting_and_parked_rows_and_an_unavailable_broker() {
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
    void a_topic_no_longer_counts_as_failing_when_another_relay_has_sent_its_rows() {
        sends.unavailable(true);
        OutboxRelay relay = relay();
        inTransaction(() -> outbox.add("orders", List.of(message("a", "1"))));
        await().atMost(PATIENCE).until(() -> relay.status().failingSince() != null);

        // as another relay does after a rebalance
        sql("delete from messaging_outbox").update();
        sends.unavailable(false);

        await().atMost(PATIENCE).until(() -> relay.status().failingSince() == null);
    }

    @Test
    void a_broker_that_failed_after_a_time_out_is_retried_soon() {
        Duration silence = Duration.ofMillis(1_500);
        AtomicLong failedAt = new AtomicLong();
        AtomicLong triedAgainAt = new AtomicLong();
        MessageProducer<String, byte[]> failingAtFirst = new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                if (failedAt.get() == 0) {
                    LockSupport.parkNanos(silence.toNanos()); // the client's time-out
                    failedAt.set(System.nanoTime());
                    throw new MessagingException("The broker does not answer in this test.", null);
                }
                triedAgainAt.compareAndSet(0, System.nanoTime());
                sends.sendBatch(topic, messages);
            }

            @Override
            public void close() {}
        };
        track(new OutboxRelay(database, failingAtFirst, options())).start();

        add("a", "1");

        awaitEmpty();
        assertThat(Duration.ofNanos(triedAgainAt.get() - failedAt.get())).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_topic_that_takes_long_to_fail_does_not_delay_the_others() throws Exception {
        CountDownLatch silence = new CountDownLatch(1);
        AtomicInteger tries = new AtomicInteger();
        MessageProducer<String, byte[]> producer = new MessageProducer<>() {
            @Override
            public void sendBatch(Topic topic, List<Message<String, byte[]>> messages) {
                if (!topic.name().equals("silent")) {
                    sends.sendBatch(topic, messages);
                } else if (tries.incrementAndGet() == 1) {
                    throw new MessagingException("The broker does not answer in this test.", null);
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

    private long parked() {
        return sql("select count(*) from messaging_outbox where parked_at is not null")
                .query(Long.class)
                .single();
    }
}

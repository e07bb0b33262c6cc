package io.orderflow.messaging.testkit.database;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.outbox.Outbox;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every outbox and its relay must keep. A test extends it and says how to make them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class OutboxConformance {

    /** How long what must come is waited for; a passing run never waits so long. */
    protected static final Duration PATIENCE = Duration.ofSeconds(60);

    /** A relay that runs, as one more instance of an application has it. */
    public interface Relay extends AutoCloseable {

        /** Something was committed. */
        void wake();

        @Override
        void close();
    }

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
    private final Sends sends = new Sends();
    private final List<Relay> relays = new ArrayList<>();
    private @Nullable DataSource database;
    private @Nullable Outbox outbox;

    /** A new database, with the outbox's tables and nothing in them. Closed by the test. */
    protected abstract DataSource freshDatabase();

    /** An outbox in it. */
    protected abstract Outbox outbox(DataSource database, Runnable afterCommit);

    /** Starts a relay whose lease, if it has any, is short. */
    protected abstract Relay startRelay(DataSource database, MessageProducer<String, byte[]> producer);

    @BeforeEach
    final void open() {
        database = freshDatabase();
        outbox = outbox(database, () -> relays.forEach(Relay::wake));
        JdbcClient.create(database)
                .sql("create table orders (id text primary key, events int not null)")
                .update();
    }

    @AfterEach
    final void closeAll() throws Exception {
        sends.thaw();
        while (!opened.isEmpty()) {
            opened.pop().close();
        }
    }

    // ---- with the transaction

    @Test
    void what_is_added_in_a_transaction_arrives_after_its_commit_as_it_was() {
        relay();
        Message<String, byte[]> message = new Message<>(
                "schlüssel\u0000🔑",
                new byte[] {0, -1, 1},
                Map.of("name", "Ünïcode \u0000 \" \\ 🎉", Headers.TYPE, "t.v1", "empty", ""),
                Instant.parse("2026-11-21T10:00:00.123Z"));

        inTransaction(() -> outbox().add("orders", List.of(message)));

        awaitSent(1);
        Sends.Sent sent = sends.all().get(0);
        assertThat(sent.topic()).isEqualTo("orders");
        assertThat(sent.id()).isNotBlank();
        assertThat(sent.message().key()).isEqualTo(message.key());
        assertThat(sent.message().value()).containsExactly(0, -1, 1);
        assertThat(sent.message().timestamp()).isEqualTo(message.timestamp());
        assertThat(sent.message().headers())
                .containsAllEntriesOf(message.headers())
                .hasSize(4);
    }

    @Test
    void nulls_and_the_empty_payload_come_back_as_they_were() {
        relay();
        inTransaction(() -> outbox().add(
                        "orders",
                        List.of(
                                new Message<>(null, null, Map.of(), Instant.EPOCH),
                                new Message<>("", new byte[0], Map.of(), Instant.EPOCH))));

        awaitSent(2);
        assertThat(sends.all().stream().filter(sent -> sent.message().key() == null))
                .singleElement()
                .satisfies(sent -> assertThat(sent.message().value()).isNull());
        assertThat(sends.all().stream().filter(sent -> sent.message().key() != null))
                .singleElement()
                .satisfies(sent -> assertThat(sent.message().value()).isEmpty());
    }

    @Test
    void an_id_that_is_there_is_kept() {
        relay();
        inTransaction(() -> outbox().add("orders", List.of(message("a", "1").withHeader(Headers.ID, "mine"))));

        awaitSent(1);
        assertThat(sends.all().get(0).id()).isEqualTo("mine");
    }

    @Test
    void nothing_arrives_of_a_transaction_that_is_rolled_back() {
        relay();
        assertThatThrownBy(() -> inTransaction(() -> {
                    add("a", "rolled back");
                    throw new IllegalStateException("the handler fails");
                }))
                .hasMessage("the handler fails");
        inTransaction(() -> add("a", "committed"));

        awaitSent(1);
        assertThat(sends.firsts()).containsExactly("committed");
        awaitEmpty();
    }

    @Test
    void adding_without_a_transaction_is_refused() {
        assertThatThrownBy(() -> add("a", "1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction");
    }

    @Test
    void adding_in_a_transaction_of_another_database_is_refused() {
        var elsewhere = new TransactionTemplate(new JdbcTransactionManager(track(freshDatabase())));
        assertThatThrownBy(() -> elsewhere.executeWithoutResult(status -> add("a", "1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction");
    }

    @Test
    void a_transaction_inside_another_is_sent_on_its_own() {
        relay();
        TransactionTemplate own = new TransactionTemplate(new JdbcTransactionManager(database()));
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        assertThatThrownBy(() -> inTransaction(() -> {
                    add("a", "outer");
                    own.executeWithoutResult(status -> add("a", "inner"));
                    add("a", "outer too");
                    throw new IllegalStateException("the outer one fails");
                }))
                .hasMessage("the outer one fails");

        awaitSent(1);
        awaitEmpty();
        assertThat(sends.firsts()).containsExactly("inner");
    }

    @Test
    void what_was_added_since_a_savepoint_is_forgotten_with_it() {
        relay();
        TransactionTemplate nested = new TransactionTemplate(new JdbcTransactionManager(database()));
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        inTransaction(() -> {
            nested.executeWithoutResult(status -> {
                add("a", "first of all, rolled back");
                status.setRollbackOnly();
            });
            add("a", "before");
            nested.executeWithoutResult(status -> {
                add("a", "rolled back");
                status.setRollbackOnly();
            });
            nested.executeWithoutResult(status -> add("a", "kept"));
        });

        awaitSent(2);
        awaitEmpty();
        assertThat(sends.firsts()).containsExactly("before", "kept");
    }

    @Test
    void what_is_added_while_the_transaction_is_about_to_commit_arrives_too() {
        relay();
        inTransaction(() -> TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                add("a", "first of its transaction");
            }
        }));
        inTransaction(() -> {
            add("b", "early");
            TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
                @Override
                public void beforeCommit(boolean readOnly) {
                    add("b", "late");
                }
            });
        });

        awaitSent(3);
        assertThat(sends.firsts()).containsExactlyInAnyOrder("first of its transaction", "early", "late");
    }

    @Test
    void a_transaction_fails_whose_messages_cannot_be_stored() {
        JdbcClient.create(database())
                .sql("alter table messaging_outbox add check (topic <> 'forbidden')")
                .update();

        assertThatThrownBy(() -> inTransaction(() -> {
                    JdbcClient.create(database())
                            .sql("insert into orders values ('o', 1)")
                            .update();
                    outbox().add("forbidden", List.of(message("o", "1")));
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(JdbcClient.create(database())
                        .sql("select count(*) from orders")
                        .query(Long.class)
                        .single())
                .isZero();
    }

    // ---- order

    @Test
    void both_of_two_transactions_arrive_when_the_one_with_the_lower_id_commits_last() throws Exception {
        relay();
        CountDownLatch overtaken = new CountDownLatch(1);
        CountDownLatch written = new CountDownLatch(1);
        ExecutorService other = track(Executors.newSingleThreadExecutor());
        Future<?> slow = other.submit(() -> inTransaction(() -> {
            add("slow", "slow");
            afterTheInsert(() -> {
                written.countDown();
                overtaken.await();
            });
        }));
        written.await();
        for (int i = 0; i < 300; i++) { // long enough for the relay to settle on ids far above
            String text = "fast " + i;
            inTransaction(() -> add("fast", text));
            int sent = i + 1;
            await().atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> sends.all().size() >= sent);
        }
        overtaken.countDown();
        slow.get();

        awaitSent(301);
        assertThat(sends.firsts().get(300)).isEqualTo("slow");
    }

    @Test
    void four_relays_keep_the_events_of_each_of_20_orders_in_order() throws Exception {
        for (int i = 0; i < 4; i++) {
            relay();
        }
        int orders = 20;
        int events = 200;
        ExecutorService writers = track(Executors.newFixedThreadPool(8));
        IntStream.range(0, orders)
                .forEach(order -> JdbcClient.create(database())
                        .sql("insert into orders values (?, 0)")
                        .param("order-" + order)
                        .update());
        List<Future<?>> writing = new ArrayList<>();
        for (int event = 0; event < events; event++) {
            for (int order = 0; order < orders; order++) {
                String id = "order-" + order;
                writing.add(writers.submit(() -> inTransaction(() -> {
                    int number = JdbcClient.create(database())
                            .sql("update orders set events = events + 1 where id = ? returning events")
                            .param(id)
                            .query(Integer.class)
                            .single();
                    add(id, Integer.toString(number));
                })));
            }
        }
        for (Future<?> each : writing) {
            each.get();
        }

        awaitEmpty();
        List<String> inOrder =
                IntStream.rangeClosed(1, events).mapToObj(Integer::toString).toList();
        Map<String, List<String>> arrived = distinct().stream()
                .collect(groupingBy(sent -> sent.message().key(), mapping(Sends.Sent::text, toList())));
        assertThat(arrived)
                .hasSize(orders)
                .allSatisfy((order, numbers) -> assertThat(numbers).as(order).isEqualTo(inOrder));
    }

    @Test
    void messages_of_one_transaction_and_key_keep_their_order() {
        relay();
        List<String> texts =
                IntStream.range(0, 1_500).mapToObj(Integer::toString).toList();
        inTransaction(() -> texts.forEach(text -> add("a", text)));

        awaitSent(texts.size());
        assertThat(sends.firsts()).isEqualTo(texts);
    }

    // ---- at least once

    @Test
    void nothing_of_eight_concurrent_writers_is_lost() throws Exception {
        relay();
        relay();
        ExecutorService writers = track(Executors.newFixedThreadPool(8));
        List<Future<?>> writing = new ArrayList<>();
        for (int i = 0; i < 2_000; i++) {
            int number = i;
            writing.add(writers.submit(() -> inTransaction(() -> {
                add("key-" + number % 97, "a" + number);
                if (number % 10 == 0) {
                    add("key-" + number % 89, "b" + number);
                }
            })));
        }
        for (Future<?> each : writing) {
            each.get();
        }

        awaitEmpty();
        assertThat(sends.firsts()).hasSize(2_200).doesNotHaveDuplicates();
    }

    @Test
    void what_was_added_while_no_relay_ran_is_sent_by_the_next_one() {
        IntStream.range(0, 50).forEach(i -> inTransaction(() -> add("key-" + i, Integer.toString(i))));
        relay();

        awaitSent(50);
    }

    @Test
    void while_the_broker_is_away_adding_goes_on_and_all_arrives_afterwards() {
        relay();
        sends.away(true);
        long start = System.nanoTime();
        IntStream.range(0, 1_000).forEach(i -> inTransaction(() -> add("key-" + i % 7, Integer.toString(i))));
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        assertThat(sends.all()).isEmpty();
        sends.away(false);

        awaitSent(1_000);
        assertThat(sends.firsts()).hasSize(1_000);
        assertThat(took).as("1,000 transactions while the broker was away").isLessThan(Duration.ofSeconds(30));
    }

    @Test
    void a_topic_that_cannot_be_sent_to_holds_up_no_other() {
        relay(new MessageProducer<>() {
            @Override
            public void sendBatch(String topic, List<Message<String, byte[]>> messages) {
                if (topic.equals("gone")) {
                    throw new MessagingException("The topic is gone.", null);
                }
                sends.sendBatch(topic, messages);
            }

            @Override
            public void close() {}
        });
        inTransaction(() -> outbox().add("gone", List.of(message("a", "waits"))));
        for (int i = 0; i < 20; i++) {
            inTransaction(() -> add("a", "flows"));
        }

        awaitSent(20);
    }

    @Test
    void a_message_that_is_refused_for_good_holds_up_its_key_and_no_other() {
        sends.refuse(sent -> sent.text().equals("poison"));
        inTransaction(() -> {
            for (int i = 0; i < 100; i++) {
                add("sick", i == 50 ? "poison" : "sick " + i);
                add("well-" + i, "well");
            }
        });
        relay();

        awaitSent(150);
        inTransaction(() -> add("sick", "sick 100"));
        inTransaction(() -> add("well", "well"));
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(texts("well")).hasSize(101));
        assertThat(texts("sick")).hasSize(50).last().isEqualTo("sick 49");
        assertThat(rows()).isEqualTo(51);
    }

    // ---- not before

    @Test
    void a_message_is_not_sent_before_its_time_and_holds_up_nobody() {
        relay();
        Instant due = Instant.now().plusSeconds(2);
        inTransaction(() -> {
            outbox().addNotBefore(due, "orders", List.of(message("a", "later")));
            add("a", "now");
        });

        awaitSent(1);
        assertThat(sends.firsts()).containsExactly("now");
        awaitSent(2);
        assertThat(Duration.between(due, Instant.now())).isBetween(Duration.ofMillis(-5), Duration.ofSeconds(2));
        awaitEmpty();
    }

    // ---- for the scenarios

    protected final Relay relay() {
        return relay(sends);
    }

    protected final Relay relay(MessageProducer<String, byte[]> producer) {
        Relay relay = track(startRelay(database(), producer));
        relays.add(relay);
        return relay;
    }

    protected final Sends sends() {
        return sends;
    }

    protected final DataSource database() {
        return Objects.requireNonNull(database);
    }

    protected final Outbox outbox() {
        return Objects.requireNonNull(outbox);
    }

    protected final <T> T track(T thing) {
        if (thing instanceof ExecutorService executor) {
            opened.push(executor::shutdownNow);
        } else if (thing instanceof AutoCloseable closeable) {
            opened.push(closeable);
        }
        return thing;
    }

    protected final void inTransaction(Runnable work) {
        new TransactionTemplate(new JdbcTransactionManager(database())).executeWithoutResult(status -> work.run());
    }

    protected final void add(String key, String text) {
        outbox().add("orders", List.of(message(key, text)));
    }

    protected static Message<String, byte[]> message(String key, String text) {
        return new Message<>(key, text.getBytes(UTF_8), Map.of(), Instant.now());
    }

    protected final void awaitSent(int number) {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(sends.firsts()).hasSizeGreaterThanOrEqualTo(number));
    }

    protected final void awaitEmpty() {
        await().atMost(PATIENCE).untilAsserted(() -> assertThat(rows()).isZero());
    }

    /** How many rows wait. */
    protected final long rows() {
        return JdbcClient.create(database())
                .sql("select count(*) from messaging_outbox")
                .query(Long.class)
                .single();
    }

    private List<String> texts(String prefix) {
        return sends.firsts().stream().filter(text -> text.startsWith(prefix)).toList();
    }

    private List<Sends.Sent> distinct() {
        var ids = new HashSet<String>();
        return sends.all().stream().filter(sent -> ids.add(sent.id())).toList();
    }

    private interface Interruptible {
        void run() throws InterruptedException;
    }

    /** Registered after the outbox has been added to, and so called after its rows were inserted. */
    private static void afterTheInsert(Interruptible work) {
        TransactionSynchronizationManager.registerSynchronization(new TransactionSynchronization() {
            @Override
            public void beforeCommit(boolean readOnly) {
                try {
                    work.run();
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        });
    }
}

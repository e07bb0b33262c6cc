package io.orderflow.messaging.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
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
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** What every inbox must keep. A test extends it and says how to make one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class InboxConformance {

    private static final String TOPIC = "topic";
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final ExecutorService others = Executors.newCachedThreadPool();
    private Inbox inbox;
    private TransactionTemplate transaction;

    /** A database with an empty inbox; the tests of a class may share it. */
    protected abstract DataSource database();

    /** An inbox in it. */
    protected abstract Inbox inbox(DataSource database);

    @BeforeEach
    final void open() {
        DataSource database = database();
        inbox = inbox(database);
        transaction = new TransactionTemplate(new JdbcTransactionManager(database));
    }

    @AfterEach
    final void close() throws InterruptedException {
        others.shutdownNow();
        assertThat(others.awaitTermination(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                .isTrue();
    }

    @Test
    void an_id_is_new_once() {
        assertThat(note("group", "new-once")).containsExactly(Finding.NEW);
        assertThat(note("group", "new-once")).containsExactly(Finding.DUPLICATE);
    }

    @Test
    void two_groups_note_the_same_id_each() {
        assertThat(note("one", "shared")).containsExactly(Finding.NEW);
        assertThat(note("other", "shared")).containsExactly(Finding.NEW);
    }

    @Test
    void two_topics_and_two_sources_note_the_same_id_each() {
        Entry message = entry("counted");
        Entry elsewhere = new Entry(new MessageId("/elsewhere", "counted"), message.content());
        assertThat(noteOf("group", TOPIC, message)).containsExactly(Finding.NEW);
        assertThat(noteOf("group", "another", message)).containsExactly(Finding.NEW);
        assertThat(noteOf("group", TOPIC, elsewhere, message)).containsExactly(Finding.NEW, Finding.DUPLICATE);
    }

    @Test
    void an_id_with_another_content_is_neither_new_nor_a_duplicate() {
        note("group", "reused");

        assertThat(noteOf("group", TOPIC, entry("reused", "other"), entry("reused"), entry("new-beside-reused")))
                .containsExactly(Finding.ID_REUSED, Finding.DUPLICATE, Finding.NEW);
    }

    @Test
    void of_messages_with_one_id_in_one_call_the_first_is_new() {
        assertThat(noteOf("group", TOPIC, entry("twice", "a"), entry("twice", "b"), entry("twice", "a")))
                .containsExactly(Finding.NEW, Finding.ID_REUSED, Finding.DUPLICATE);
        assertThat(noteOf("group", TOPIC, entry("twice", "b"))).containsExactly(Finding.ID_REUSED);
    }

    @Test
    void what_is_handled_is_known_without_a_note() {
        note("group", "looked-up");

        assertThat(inbox.isHandled("group", TOPIC, entry("looked-up"))).isTrue();
        assertThat(inbox.isHandled("group", TOPIC, entry("looked-up", "other"))).isFalse();
        assertThat(inbox.isHandled("group", "another", entry("looked-up"))).isFalse();
        assertThat(inbox.isHandled("group", TOPIC, entry("never-seen"))).isFalse();
        assertThat(note("group", "never-seen")).containsExactly(Finding.NEW);
    }

    @Test
    void noting_without_a_transaction_is_refused() {
        assertThatThrownBy(() -> inbox.note("group", TOPIC, List.of(entry("outside"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction");
    }

    @Test
    void an_id_is_new_again_after_a_rollback() {
        transaction.executeWithoutResult(status -> {
            inbox.note("group", TOPIC, List.of(entry("rolled-back")));
            status.setRollbackOnly();
        });
        assertThat(note("group", "rolled-back")).containsExactly(Finding.NEW);
    }

    @Test
    void findings_come_back_in_the_order_given() {
        note("group", "order-3", "order-1");

        assertThat(note("group", "order-9", "order-1", "order-2", "order-9", "order-3", "order-0", "order-2"))
                .containsExactly(
                        Finding.NEW,
                        Finding.DUPLICATE,
                        Finding.NEW,
                        Finding.DUPLICATE,
                        Finding.DUPLICATE,
                        Finding.NEW,
                        Finding.DUPLICATE);
        assertThat(note("group")).isEmpty();
    }

    @Test
    void a_message_that_comes_a_hundred_times_at_once_has_one_effect() throws Exception {
        AtomicInteger effects = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> deliveries = IntStream.range(0, 100)
                .<Future<?>>mapToObj(i -> others.submit(() -> {
                    start.await();
                    return transaction.execute(status -> {
                        return effects.addAndGet(fresh(List.of(entry("hundred"))));
                    });
                }))
                .toList();
        start.countDown();
        for (Future<?> each : deliveries) {
            each.get();
        }
        assertThat(effects).hasValue(1);
    }

    @Test
    void who_waits_for_a_transaction_that_rolls_back_gets_the_message() throws Exception {
        Entry message = entry("waits-for-rollback");
        assertThat(noteWhileAnotherDoes(message, message, true)).isEqualTo(Finding.NEW);
    }

    @Test
    void who_waits_for_a_transaction_that_commits_does_not() throws Exception {
        Entry message = entry("waits-for-commit");
        assertThat(noteWhileAnotherDoes(message, message, false)).isEqualTo(Finding.DUPLICATE);
    }

    @Test
    void who_waits_for_another_content_of_the_same_id_is_told_from_it() throws Exception {
        assertThat(noteWhileAnotherDoes(entry("one-of-two", "a"), entry("one-of-two", "b"), false))
                .isEqualTo(Finding.ID_REUSED);
    }

    @Test
    void polls_that_overlap_in_any_order_wait_for_each_other_and_never_in_a_circle() throws Exception {
        int ids = 300;
        AtomicInteger effects = new AtomicInteger();
        List<Future<?>> polls = new ArrayList<>();
        for (int poll = 0; poll < 40; poll++) {
            List<Entry> shuffled = new ArrayList<>(IntStream.range(0, ids)
                    .mapToObj(id -> entry("circle-" + id))
                    .toList());
            shuffled.addAll(shuffled.subList(0, 20));
            Collections.shuffle(shuffled, new Random(poll));
            polls.add(others.submit(() -> {
                transaction.executeWithoutResult(status -> effects.addAndGet(fresh(shuffled)));
            }));
        }
        for (Future<?> each : polls) {
            each.get();
        }
        assertThat(effects).hasValue(ids);
    }

    private List<Finding> note(String group, String... ids) {
        return noteOf(group, TOPIC, Stream.of(ids).map(InboxConformance::entry).toArray(Entry[]::new));
    }

    private List<Finding> noteOf(String group, String topic, Entry... messages) {
        return transaction.execute(status -> inbox.note(group, topic, List.of(messages)));
    }

    private int fresh(List<Entry> messages) {
        return Collections.frequency(inbox.note("group", TOPIC, messages), Finding.NEW);
    }

    private static Entry entry(String id) {
        return entry(id, "content");
    }

    private static Entry entry(String id, String content) {
        Message<String, byte[]> message =
                new Message<>(null, content.getBytes(StandardCharsets.UTF_8), Map.of(), Instant.EPOCH);
        return new Entry(new MessageId("/source", id), ContentDigest.of(message));
    }

    private Finding noteWhileAnotherDoes(Entry first, Entry second, boolean rollBack) throws Exception {
        CountDownLatch noted = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<?> other = others.submit(() -> {
            transaction.executeWithoutResult(status -> {
                inbox.note("group", TOPIC, List.of(first));
                noted.countDown();
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
        noted.await();
        Future<List<Finding>> waiting = others.submit(() -> noteOf("group", TOPIC, second));
        await().atMost(PATIENCE).until(this::somebodyWaits);
        assertThat(waiting).isNotDone();
        end.countDown();
        other.get();
        return waiting.get().get(0);
    }

    /** Whether a transaction waits for another in this database. */
    protected abstract boolean somebodyWaits();
}

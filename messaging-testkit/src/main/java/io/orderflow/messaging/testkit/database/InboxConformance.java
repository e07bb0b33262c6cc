package io.orderflow.messaging.testkit.database;

import static io.orderflow.messaging.testkit.database.InboxScenario.TOPIC;
import static io.orderflow.messaging.testkit.database.InboxScenario.entry;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.inbox.Inbox;
import io.orderflow.messaging.inbox.Inbox.Entry;
import io.orderflow.messaging.inbox.Inbox.Finding;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.junit.jupiter.api.Test;

/** The guarantees of an inbox. A test extends it and says how to create one. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class InboxConformance {

    private InboxScenario s;

    /** A database with an empty inbox; the tests of a class may share it. */
    protected abstract DataSource database();

    /** An inbox in it. */
    protected abstract Inbox inbox(DataSource database);

    @BeforeEach
    final void open() {
        DataSource database = database();
        s = new InboxScenario(inbox(database), database, this::isAnyTransactionWaiting);
    }

    @AfterEach
    final void close() throws InterruptedException {
        s.close();
    }

    @Test
    void an_id_is_new_once() {
        assertThat(s.note("group", "new-once")).containsExactly(Finding.NEW);
        assertThat(s.note("group", "new-once")).containsExactly(Finding.DUPLICATE);
    }

    @Test
    void each_group_records_an_id_of_its_own() {
        assertThat(s.note("one", "shared")).containsExactly(Finding.NEW);
        assertThat(s.note("other", "shared")).containsExactly(Finding.NEW);
    }

    @Test
    void each_topic_and_each_source_has_ids_of_its_own() {
        Entry message = entry("counted");
        Entry elsewhere = new Entry(new MessageId("/elsewhere", "counted"), message.content());
        assertThat(s.noteOf("group", TOPIC, message)).containsExactly(Finding.NEW);
        assertThat(s.noteOf("group", "another", message)).containsExactly(Finding.NEW);
        assertThat(s.noteOf("group", TOPIC, elsewhere, message)).containsExactly(Finding.NEW, Finding.DUPLICATE);
    }

    @Test
    void an_id_with_another_content_is_neither_new_nor_a_duplicate() {
        s.note("group", "reused");

        assertThat(s.noteOf("group", TOPIC, entry("reused", "other"), entry("reused"), entry("new-beside-reused")))
                .containsExactly(Finding.ID_REUSED, Finding.DUPLICATE, Finding.NEW);
    }

    @Test
    void the_first_of_several_messages_with_one_id_is_new() {
        assertThat(s.noteOf("group", TOPIC, entry("twice", "a"), entry("twice", "b"), entry("twice", "a")))
                .containsExactly(Finding.NEW, Finding.ID_REUSED, Finding.DUPLICATE);
        assertThat(s.noteOf("group", TOPIC, entry("twice", "b"))).containsExactly(Finding.ID_REUSED);
    }

    @Test
    void a_handled_message_is_found_without_recording_it() {
        s.note("group", "looked-up");

        assertThat(s.inbox().isHandled("group", TOPIC, entry("looked-up"))).isTrue();
        assertThat(s.inbox().isHandled("group", TOPIC, entry("looked-up", "other")))
                .isFalse();
        assertThat(s.inbox().isHandled("group", "another", entry("looked-up"))).isFalse();
        assertThat(s.inbox().isHandled("group", TOPIC, entry("never-seen"))).isFalse();
        assertThat(s.note("group", "never-seen")).containsExactly(Finding.NEW);
    }

    @Test
    void recording_without_a_transaction_is_refused() {
        assertThatThrownBy(() -> s.inbox().note("group", TOPIC, List.of(entry("outside"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction");
    }

    @Test
    void an_id_is_new_again_after_a_rollback() {
        s.transaction().executeWithoutResult(status -> {
            s.inbox().note("group", TOPIC, List.of(entry("rolled-back")));
            status.setRollbackOnly();
        });
        assertThat(s.note("group", "rolled-back")).containsExactly(Finding.NEW);
    }

    @Test
    void findings_are_in_the_order_of_the_messages() {
        s.note("group", "order-3", "order-1");

        assertThat(s.note("group", "order-9", "order-1", "order-2", "order-9", "order-3", "order-0", "order-2"))
                .containsExactly(
                        Finding.NEW,
                        Finding.DUPLICATE,
                        Finding.NEW,
                        Finding.DUPLICATE,
                        Finding.DUPLICATE,
                        Finding.NEW,
                        Finding.DUPLICATE);
        assertThat(s.note("group")).isEmpty();
    }

    @Test
    void a_message_delivered_a_hundred_times_at_once_has_one_effect() throws Exception {
        AtomicInteger effects = new AtomicInteger();
        CountDownLatch start = new CountDownLatch(1);
        List<Future<?>> deliveries = IntStream.range(0, 100)
                .<Future<?>>mapToObj(i -> s.threads().submit(() -> {
                    start.await();
                    return s.transaction().execute(status -> {
                        return effects.addAndGet(s.countNew(List.of(entry("hundred"))));
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
    void a_message_is_new_after_a_concurrent_transaction_rolled_back() throws Exception {
        Entry message = entry("waits-for-rollback");
        assertThat(s.noteDuringAnother(message, message, true)).isEqualTo(Finding.NEW);
    }

    @Test
    void a_message_is_a_duplicate_after_a_concurrent_transaction_committed() throws Exception {
        Entry message = entry("waits-for-commit");
        assertThat(s.noteDuringAnother(message, message, false)).isEqualTo(Finding.DUPLICATE);
    }

    @Test
    void another_content_is_found_after_a_concurrent_transaction_committed() throws Exception {
        assertThat(s.noteDuringAnother(entry("one-of-two", "a"), entry("one-of-two", "b"), false))
                .isEqualTo(Finding.ID_REUSED);
    }

    @Test
    void overlapping_polls_in_any_order_never_deadlock() throws Exception {
        int ids = 300;
        AtomicInteger effects = new AtomicInteger();
        List<Future<?>> polls = new ArrayList<>();
        for (int poll = 0; poll < 40; poll++) {
            List<Entry> shuffled = new ArrayList<>(IntStream.range(0, ids)
                    .mapToObj(id -> entry("circle-" + id))
                    .toList());
            shuffled.addAll(shuffled.subList(0, 20));
            Collections.shuffle(shuffled, new Random(poll));
            polls.add(s.threads().submit(() -> {
                s.transaction().executeWithoutResult(status -> effects.addAndGet(s.countNew(shuffled)));
            }));
        }
        for (Future<?> each : polls) {
            each.get();
        }
        assertThat(effects).hasValue(ids);
    }

    /** Whether a transaction waits for another one in this database. */
    protected abstract boolean isAnyTransactionWaiting();
}

package io.orderflow.messaging.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.inbox.Inbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
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
        assertThat(note("group", "new-once")).containsExactly("new-once");
        assertThat(note("group", "new-once")).isEmpty();
    }

    @Test
    void two_groups_note_the_same_id_each() {
        assertThat(note("one", "shared")).containsExactly("shared");
        assertThat(note("other", "shared")).containsExactly("shared");
    }

    @Test
    void noting_without_a_transaction_is_refused() {
        assertThatThrownBy(() -> inbox.note("group", List.of("outside")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction");
    }

    @Test
    void an_id_is_new_again_after_a_rollback() {
        transaction.executeWithoutResult(status -> {
            inbox.note("group", List.of("rolled-back"));
            status.setRollbackOnly();
        });
        assertThat(note("group", "rolled-back")).containsExactly("rolled-back");
    }

    @Test
    void of_many_ids_the_new_ones_come_back_in_the_order_given() {
        note("group", "order-3", "order-1");

        assertThat(note("group", "order-9", "order-1", "order-2", "order-9", "order-3", "order-0", "order-2"))
                .containsExactly("order-9", "order-2", "order-0");
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
                        int fresh = inbox.note("group", List.of("hundred")).size();
                        return effects.addAndGet(fresh);
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
        assertThat(noteWhileAnotherDoes("waits-for-rollback", true)).containsExactly("waits-for-rollback");
    }

    @Test
    void who_waits_for_a_transaction_that_commits_does_not() throws Exception {
        assertThat(noteWhileAnotherDoes("waits-for-commit", false)).isEmpty();
    }

    @Test
    void polls_that_overlap_in_any_order_wait_for_each_other_and_never_in_a_circle() throws Exception {
        int ids = 300;
        AtomicInteger effects = new AtomicInteger();
        List<Future<?>> polls = new ArrayList<>();
        for (int poll = 0; poll < 40; poll++) {
            List<String> shuffled = new ArrayList<>(
                    IntStream.range(0, ids).mapToObj(id -> "circle-" + id).toList());
            shuffled.addAll(shuffled.subList(0, 20));
            Collections.shuffle(shuffled, new Random(poll));
            polls.add(others.submit(() -> {
                transaction.executeWithoutResult(status ->
                        effects.addAndGet(inbox.note("group", shuffled).size()));
            }));
        }
        for (Future<?> each : polls) {
            each.get();
        }
        assertThat(effects).hasValue(ids);
    }

    private Set<String> note(String group, String... ids) {
        return transaction.execute(status -> inbox.note(group, List.of(ids)));
    }

    private Set<String> noteWhileAnotherDoes(String id, boolean rollBack) throws Exception {
        CountDownLatch noted = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<?> first = others.submit(() -> {
            transaction.executeWithoutResult(status -> {
                inbox.note("group", List.of(id));
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
        Future<Set<String>> second = others.submit(() -> note("group", id));
        await().atMost(PATIENCE).until(this::somebodyWaits);
        assertThat(second).isNotDone();
        end.countDown();
        first.get();
        return second.get();
    }

    /** Whether a transaction waits for another in this database. */
    protected abstract boolean somebodyWaits();
}

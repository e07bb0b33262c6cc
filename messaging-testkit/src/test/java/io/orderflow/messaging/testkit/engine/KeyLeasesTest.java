package io.orderflow.messaging.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.PartitionsRevokedException;
import io.orderflow.messaging.handling.RetryOrder;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.ordering.BlockedKeyProcessor;
import io.orderflow.messaging.ordering.BlockedKeys;
import io.orderflow.messaging.ordering.Identified;
import io.orderflow.messaging.ordering.Outcome;
import io.orderflow.messaging.ordering.StrandedKeys;
import io.orderflow.messaging.outbox.JdbcOutbox;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** Who works on a blocked key, what a late one can still change, and keys that nobody can decide about any more. */
class KeyLeasesTest {

    private static final Subscription READ = new Subscription("counts", "test", 1, ConsumerOptions.defaults());
    private static final String DEAD_LETTERS = READ.deadLetterTopic();

    private final Handled database = Handled.inFreshDatabase();
    private final JdbcTransactionManager transactions = new JdbcTransactionManager(database.database());
    private final JdbcOutbox outbox = new JdbcOutbox(database.database(), partitions -> {});
    private final BlockedKeys held = new BlockedKeys(database.database(), transactions, outbox);
    private final BlockedKeyProcessor due = new BlockedKeyProcessor(database.database(), transactions, outbox);
    private final StrandedKeys stranded = new StrandedKeys(database.database());
    private final List<String> handled = new ArrayList<>();

    @BeforeEach
    void blockAKeyWithTwoMessages() {
        held.hold(READ, message(0), Duration.ZERO);
        held.parkBehindHeld(READ, List.of(message(1)));
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void a_key_is_one_workers_until_its_lease_runs_out() throws Exception {
        due.handleNext(READ, (first, keepLease) -> {
            assertThat(handleNext()).as("while it is leased").isFalse();
            runOut();
            assertThat(handleNext()).as("once the lease has run out").isTrue();
            return new Outcome.Done();
        });
        assertThat(handled).containsExactly("a-0");
    }

    @Test
    void who_has_lost_the_lease_changes_nothing_any_more() throws Exception {
        due.handleNext(READ, (first, keepLease) -> {
            runOut();
            handleNext();
            return new Outcome.DeadLettered(DEAD_LETTERS, first.delivery().message(), true);
        });
        assertThat(inOutbox()).isZero();
        assertThat(awaitingOperator()).isZero();
        assertThat(handleNext()).isTrue();
        assertThat(handled).containsExactly("a-0", "a-1");
    }

    @Test
    void a_lease_that_is_renewed_lasts_and_who_has_lost_it_learns_that() throws Exception {
        due.handleNext(READ, (first, keepLease) -> {
            runOut();
            keepLease.run();
            assertThat(handleNext()).isFalse();
            runOut();
            handleNext();
            assertThatThrownBy(keepLease::run).isInstanceOf(PartitionsRevokedException.class);
            return new Outcome.Done();
        });
        assertThat(handled).containsExactly("a-0");
    }

    @Test
    void what_a_handler_throws_gives_the_key_back_at_once() {
        assertThatThrownBy(() -> due.handleNext(READ, (first, keepLease) -> {
                    throw new InterruptedException("stopped");
                }))
                .hasMessage("stopped");
        assertThat(handleNext()).isTrue();
        assertThat(handled).containsExactly("a-0");
    }

    @Test
    void a_dead_letter_and_the_block_of_its_key_are_there_together_or_not_at_all() throws Exception {
        deadLetterFirst();
        assertThat(inOutbox()).isEqualTo(1);
        assertThat(awaitingOperator()).isEqualTo(1);

        assertThat(discardFirst()).isTrue();
        handleNext();
        assertThat(handled).containsExactly("a-1");
    }

    @Test
    void a_discard_counts_though_the_message_is_being_tried_again() throws Exception {
        due.handleNext(READ, (first, keepLease) -> {
            discardFirst();
            return new Outcome.DeadLettered(DEAD_LETTERS, first.delivery().message(), true);
        });
        assertThat(inOutbox()).isZero();
        handleNext();
        assertThat(handled).containsExactly("a-1");
    }

    @Test
    void a_key_goes_on_without_a_message_whose_dead_letter_was_discarded_though_it_was_not_freed() throws Exception {
        deadLetterFirst();
        collect("DISCARDED");
        stranded.free(READ, RetryOrder.KEPT);
        handleNext();
        assertThat(handled).containsExactly("a-1");
    }

    @Test
    void a_message_without_a_dead_letter_is_tried_again_after_a_grace_and_not_while_that_is_on_its_way()
            throws Exception {
        deadLetterFirst();
        free();
        assertThat(awaitingOperator()).as("it was dead-lettered just now").isEqualTo(1);

        waitedFor("16 minutes");
        free();
        assertThat(awaitingOperator()).as("the outbox has the dead letter").isEqualTo(1);

        sent();
        free();
        assertThat(awaitingOperator()).isZero();
        handleNext();
        handleNext();
        assertThat(handled).containsExactly("a-0", "a-1");
    }

    @Test
    void a_message_whose_redrive_got_lost_is_tried_again() throws Exception {
        deadLetterFirst();
        sent();
        collect("REDRIVEN");
        waitedFor("16 minutes");
        free();
        handleNext();
        assertThat(handled).containsExactly("a-0");
    }

    @Test
    void a_dead_letter_that_waits_blocks_its_key_for_as_long_as_order_is_kept_and_no_longer() throws Exception {
        deadLetterFirst();
        sent();
        collect("WAITING");
        waitedFor("30 days");
        free();
        assertThat(awaitingOperator()).isEqualTo(1);

        stranded.free(READ, RetryOrder.NOT_KEPT);
        handleNext();
        assertThat(handled).containsExactly("a-1");
    }

    private void free() {
        stranded.free(READ, RetryOrder.KEPT);
    }

    private void deadLetterFirst() throws Exception {
        due.handleNext(
                READ,
                (first, keepLease) ->
                        new Outcome.DeadLettered(DEAD_LETTERS, first.delivery().message(), true));
    }

    private boolean discardFirst() {
        return held.discarded("test", "counts", new MessageId("", "a-0"), ContentDigest.of(Counted.message("a", 0)));
    }

    private boolean handleNext() {
        try {
            return due.handleNext(READ, (first, keepLease) -> {
                handled.add(first.id().id());
                return new Outcome.Done();
            });
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private void runOut() {
        update("update messaging_held_key set due_at = now()");
    }

    private void waitedFor(String time) {
        update("update messaging_held_key set awaiting_operator_since = now() - interval '" + time + "'");
    }

    private void sent() {
        update("delete from messaging_outbox");
    }

    private void collect(String state) {
        update("insert into messaging_dead_letter (consumer_group, topic, source, message_id, digest, headers, made_at,"
                + " reason, fingerprint, attempts, first_failure, last_failure, state)"
                + " select consumer_group, topic, source, message_id, digest, headers, made_at,"
                + " 'poison', 'f', 1, now(), now(), '" + state + "'"
                + " from messaging_parked_message where message_id = 'a-0'");
    }

    private void update(String sql) {
        assertThat(database.jdbc().sql(sql).update()).isPositive();
    }

    private long inOutbox() {
        return count("messaging_outbox");
    }

    private long awaitingOperator() {
        return count("messaging_held_key where due_at is null");
    }

    private long count(String what) {
        return database.jdbc()
                .sql("select count(*) from " + what)
                .query(Long.class)
                .single();
    }

    private static Identified message(int number) {
        Message<String, byte[]> message = Counted.message("a", number);
        return new Identified(new MessageId("", "a-" + number), new Delivery<>("counts", message, "counts@" + number));
    }
}

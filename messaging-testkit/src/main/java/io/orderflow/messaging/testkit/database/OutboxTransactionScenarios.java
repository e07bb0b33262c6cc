package io.orderflow.messaging.testkit.database;

import static io.orderflow.messaging.testkit.database.OutboxScenario.afterCommit;
import static io.orderflow.messaging.testkit.database.OutboxScenario.beforeCommit;
import static io.orderflow.messaging.testkit.database.OutboxScenario.message;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.transaction.TransactionDefinition.PROPAGATION_REQUIRES_NEW;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** Exactly the messages of committed transactions are sent, unchanged. */
interface OutboxTransactionScenarios extends InOutboxScenario {

    @Test
    default void a_message_arrives_unchanged_after_its_transaction_has_committed() {
        OutboxScenario s = scenario();
        s.relay();
        Message<String, byte[]> message = new Message<>(
                "schlüssel\u0000🔑",
                new byte[] {0, -1, 1},
                Map.of("name", "Ünïcode \u0000 \" \\ 🎉", Headers.TYPE, "t.v1", "empty", ""),
                Instant.parse("2026-11-21T10:00:00.123Z"));

        s.inTransaction(() -> s.outbox().add("orders", List.of(message)));

        s.awaitSent(1);
        RecordingProducer.Sent sent = s.sends().all().get(0);
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
    default void nulls_and_empty_payloads_arrive_unchanged() {
        OutboxScenario s = scenario();
        s.relay();
        s.inTransaction(() -> s.outbox()
                .add(
                        "orders",
                        List.of(
                                new Message<>(null, null, Map.of(), Instant.EPOCH),
                                new Message<>("", new byte[0], Map.of(), Instant.EPOCH))));

        s.awaitSent(2);
        assertThat(s.sends().all().stream().filter(sent -> sent.message().key() == null))
                .singleElement()
                .satisfies(sent -> assertThat(sent.message().value()).isNull());
        assertThat(s.sends().all().stream().filter(sent -> sent.message().key() != null))
                .singleElement()
                .satisfies(sent -> assertThat(sent.message().value()).isEmpty());
    }

    @Test
    default void an_existing_id_is_kept() {
        OutboxScenario s = scenario();
        s.relay();
        s.inTransaction(() -> s.outbox().add("orders", List.of(message("a", "1").withHeader(Headers.ID, "mine"))));

        s.awaitSent(1);
        assertThat(s.sends().all().get(0).id()).isEqualTo("mine");
    }

    @Test
    default void messages_of_a_rolled_back_transaction_are_not_sent() {
        OutboxScenario s = scenario();
        s.relay();
        assertThatThrownBy(() -> s.inTransaction(() -> {
                    s.add("a", "rolled back");
                    throw new IllegalStateException("the handler fails");
                }))
                .hasMessage("the handler fails");
        s.inTransaction(() -> s.add("a", "committed"));

        s.awaitSent(1);
        assertThat(s.sends().firsts()).containsExactly("committed");
        s.awaitEmpty();
    }

    @Test
    default void adding_without_a_transaction_is_refused() {
        OutboxScenario s = scenario();
        assertThatThrownBy(() -> s.add("a", "1"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction");
    }

    @Test
    default void adding_in_a_transaction_of_another_database_is_refused() {
        OutboxScenario s = scenario();
        var elsewhere = new TransactionTemplate(new JdbcTransactionManager(s.freshDatabase()));
        assertThatThrownBy(() -> elsewhere.executeWithoutResult(status -> s.add("a", "1")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("no transaction");
    }

    @Test
    default void adding_after_the_commit_is_refused_unless_it_has_a_transaction_of_its_own() {
        OutboxScenario s = scenario();
        s.relay();
        assertThatThrownBy(() -> s.inTransaction(() -> afterCommit(() -> s.add("a", "too late"))))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("committed already");
        assertThatThrownBy(() -> s.inTransaction(() -> {
                    s.add("a", "in time");
                    afterCommit(() -> s.inTransaction(() -> s.add("a", "too late as well")));
                }))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("committed already");
        s.inTransaction(() -> afterCommit(
                () -> s.inTransaction(PROPAGATION_REQUIRES_NEW, () -> s.add("a", "of its own transaction"))));

        s.awaitSent(2);
        s.awaitEmpty();
        assertThat(s.sends().firsts()).containsExactly("in time", "of its own transaction");
    }

    @Test
    default void a_transaction_inside_another_is_sent_on_its_own() {
        OutboxScenario s = scenario();
        s.relay();
        TransactionTemplate own = new TransactionTemplate(new JdbcTransactionManager(s.database()));
        own.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
        assertThatThrownBy(() -> s.inTransaction(() -> {
                    s.add("a", "outer");
                    own.executeWithoutResult(status -> s.add("a", "inner"));
                    s.add("a", "outer too");
                    throw new IllegalStateException("the outer one fails");
                }))
                .hasMessage("the outer one fails");

        s.awaitSent(1);
        s.awaitEmpty();
        assertThat(s.sends().firsts()).containsExactly("inner");
    }

    @Test
    default void messages_added_since_a_savepoint_are_rolled_back_with_it() {
        OutboxScenario s = scenario();
        s.relay();
        TransactionTemplate nested = new TransactionTemplate(new JdbcTransactionManager(s.database()));
        nested.setPropagationBehavior(TransactionDefinition.PROPAGATION_NESTED);
        s.inTransaction(() -> {
            nested.executeWithoutResult(status -> {
                s.add("a", "first of all, rolled back");
                status.setRollbackOnly();
            });
            s.add("a", "before");
            nested.executeWithoutResult(status -> {
                s.add("a", "rolled back");
                status.setRollbackOnly();
            });
            nested.executeWithoutResult(status -> s.add("a", "kept"));
        });

        s.awaitSent(2);
        s.awaitEmpty();
        assertThat(s.sends().firsts()).containsExactly("before", "kept");
    }

    @Test
    default void messages_added_before_commit_callbacks_end_arrive_too() {
        OutboxScenario s = scenario();
        s.relay();
        s.inTransaction(() -> beforeCommit(() -> s.add("a", "first of its transaction")));
        s.inTransaction(() -> {
            s.add("b", "early");
            beforeCommit(() -> s.add("b", "late"));
        });

        s.awaitSent(3);
        assertThat(s.sends().firsts()).containsExactlyInAnyOrder("first of its transaction", "early", "late");
    }

    @Test
    default void a_transaction_whose_messages_cannot_be_stored_fails() {
        OutboxScenario s = scenario();
        s.jdbc()
                .sql("alter table messaging_outbox add check (topic <> 'forbidden')")
                .update();

        assertThatThrownBy(() -> s.inTransaction(() -> {
                    s.jdbc().sql("insert into orders values ('o', 1)").update();
                    s.outbox().add("forbidden", List.of(message("o", "1")));
                }))
                .isInstanceOf(RuntimeException.class);
        assertThat(s.jdbc().sql("select count(*) from orders").query(Long.class).single())
                .isZero();
    }
}

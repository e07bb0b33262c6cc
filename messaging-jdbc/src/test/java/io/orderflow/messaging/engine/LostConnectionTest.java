package io.orderflow.messaging.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventHandler;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.memory.MemoryBroker;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The database closes a connection in the middle of a handler's transaction, so that not even the rollback succeeds. */
class LostConnectionTest {

    private final Handled handled = Handled.inFreshDatabase();
    private final MemoryBroker broker = new MemoryBroker();
    private final AtomicInteger attempts = new AtomicInteger();

    @AfterEach
    void close() {
        handled.close();
    }

    @ParameterizedTest
    @EnumSource
    void a_message_is_handled_again_on_another_connection_and_no_attempt_is_spent(UnitOfWork unit) {
        assertHandledWithoutARetry(unit, this::handle);
    }

    @Test
    void nor_is_one_spent_where_the_transaction_is_the_handlers_own() {
        TransactionTemplate own = new TransactionTemplate(new JdbcTransactionManager(handled.database()));
        assertHandledWithoutARetry(
                UnitOfWork.SELF_MANAGED,
                (counted, context) -> own.executeWithoutResult(status -> handle(counted, context)));
    }

    private void handle(Counted counted, EventContext context) {
        if (attempts.incrementAndGet() <= 2) { // the second one where a poll is done again one by one
            handled.jdbc()
                    .sql("select pg_terminate_backend(pg_backend_pid())")
                    .query(Boolean.class)
                    .single();
        }
        handled.note(counted.key(), counted.number());
    }

    private void assertHandledWithoutARetry(UnitOfWork unit, EventHandler<Counted> handler) {
        broker.declare(Topic.named("counts"), "test");
        EventSubscription subscription = EventSubscription.of("counts", "test")
                .on(Counted.class, "counted.v1", handler)
                .unitOfWork(unit);
        try (Instance instance = Instance.start(broker, handled.database(), subscription)) {
            broker.producer().send(Topic.named("counts"), Counted.message("a", 1));

            await().until(() -> handled.of("a").size() == 1 || waitingForARetry() > 0);
            assertThat(waitingForARetry()).as("messages that wait for a retry").isZero();
        }
    }

    private long waitingForARetry() {
        return handled.jdbc()
                .sql("select count(*) from messaging_outbox")
                .query(Long.class)
                .single();
    }
}

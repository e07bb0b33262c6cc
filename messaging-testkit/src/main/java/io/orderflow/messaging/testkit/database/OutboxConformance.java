package io.orderflow.messaging.testkit.database;

import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.outbox.Outbox;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DisplayNameGeneration;
import org.junit.jupiter.api.DisplayNameGenerator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;

/** The guarantees of an outbox and its relay. A test extends it and says how to create them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class OutboxConformance
        implements OutboxTransactionScenarios, OutboxOrderScenarios, OutboxScheduleScenarios, OutboxLossScenarios {

    /** A running relay, as of one more instance of an application. */
    public interface Relay extends AutoCloseable {

        /** A transaction with messages was committed. */
        void wake();

        @Override
        void close();
    }

    private @Nullable OutboxScenario scenario;

    /** A new database with empty tables. The suite closes it if it is closeable. */
    protected abstract DataSource freshDatabase();

    /** The transactions that the outbox takes part in. */
    protected PlatformTransactionManager transactions(DataSource database) {
        return new JdbcTransactionManager(database);
    }

    /** An outbox in it, which calls {@code afterCommit} after each commit. */
    protected abstract Outbox outbox(DataSource database, Runnable afterCommit);

    /** Starts a relay with a short lease, if it has leases. The suite closes it. */
    protected abstract Relay startRelay(DataSource database, MessageProducer<String, byte[]> producer);

    @BeforeEach
    final void open() {
        scenario = new OutboxScenario(this);
    }

    @AfterEach
    final void close() throws Exception {
        scenario().close();
    }

    @Override
    public final OutboxScenario scenario() {
        if (scenario == null) {
            throw new IllegalStateException("There is a scenario only while a test runs.");
        }
        return scenario;
    }
}

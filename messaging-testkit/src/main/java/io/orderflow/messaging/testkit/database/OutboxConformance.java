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

/** What every outbox and its relay must keep. A test extends it and says how to make them. */
@DisplayNameGeneration(DisplayNameGenerator.ReplaceUnderscores.class)
public abstract class OutboxConformance
        implements OutboxTransactionScenarios, OutboxOrderScenarios, OutboxLossScenarios {

    /** A relay that runs, as one more instance of an application has it. */
    public interface Relay extends AutoCloseable {

        /** Something was committed. */
        void wake();

        @Override
        void close();
    }

    private @Nullable OutboxScenario scenario;

    /** A new database, with the outbox's tables and nothing in them. The suite closes it if it can be closed. */
    protected abstract DataSource freshDatabase();

    /** Whose transactions the outbox takes part in. */
    protected PlatformTransactionManager transactions(DataSource database) {
        return new JdbcTransactionManager(database);
    }

    /** An outbox in it, which tells of each commit. */
    protected abstract Outbox outbox(DataSource database, Runnable afterCommit);

    /** Starts a relay whose lease, if it has any, is short. The suite closes it. */
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

package io.orderflow.messaging.spring;

import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.deadletters.RedriveWorker;
import io.orderflow.messaging.deadletters.Redriving;
import io.orderflow.messaging.outbox.JdbcOutbox;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.datasource.AbstractDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

class RedriveLifecycleTest {

    private final AtomicInteger steps = new AtomicInteger();
    private final DataSource database = new AbstractDataSource() {
        @Override
        public Connection getConnection() throws SQLException {
            if (steps.incrementAndGet() == 1) {
                throw new OutOfMemoryError("for a huge dead letter, because this test says so");
            }
            throw new SQLException("The database is away, because this test says so.");
        }

        @Override
        public Connection getConnection(String user, String password) throws SQLException {
            return getConnection();
        }
    };
    private final RedriveLifecycle lifecycle = new RedriveLifecycle(worker());

    @AfterEach
    void stop() {
        lifecycle.stop();
    }

    @Test
    void not_even_an_error_ends_it() {
        lifecycle.start();
        await().until(() -> {
            lifecycle.wake();
            return steps.get() > 2;
        });
    }

    private RedriveWorker worker() {
        JdbcTransactionManager transactions = new JdbcTransactionManager(database);
        JdbcOutbox outbox = new JdbcOutbox(database, partitions -> {});
        Redriving redriving = new Redriving(database, transactions, outbox, List.of(), Redriving.DEFAULT_MAX_REDRIVES);
        return new RedriveWorker(database, transactions, redriving, System::nanoTime);
    }
}

package io.orderflow.messaging.outbox;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.events.SuppressedPublishing;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.IntConsumer;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.jdbc.datasource.DataSourceUtils;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * An outbox in PostgreSQL, in the schema of {@code classpath:db/messaging}.
 *
 * <p>Added messages are buffered in memory until the transaction is about to commit, and are then written by one statement. If that
 * fails, the transaction fails. A rollback to a savepoint drops what was added since. What a handler adds, schedules or
 * cancels while a message is replayed is dropped ({@link SuppressedPublishing}).
 *
 * <p>The transaction has to be one of this data source that Spring manages, with a {@link CommitMark} among its manager's listeners.
 * Without the mark, messages added after the commit are not sent, and only an error is logged.
 */
public final class JdbcOutbox implements Outbox {

    private final DataSource dataSource;
    private final OutboxInsert insert;
    private final ScheduledRows scheduled;
    private final IntConsumer afterCommit;

    /**
     * @param afterCommit called after each commit that added messages, with a bit for each of their partitions; wakes the relay
     */
    public JdbcOutbox(DataSource dataSource, IntConsumer afterCommit) {
        this.dataSource = dataSource;
        this.insert = new OutboxInsert(dataSource);
        this.scheduled = new ScheduledRows(dataSource);
        this.afterCommit = afterCommit;
    }

    @Override
    public void add(String topic, List<Message<String, byte[]>> messages) {
        addAll(topic, messages, null, null);
    }

    @Override
    public void addNotBefore(Instant time, String topic, List<Message<String, byte[]>> messages) {
        addAll(topic, messages, time, null);
    }

    @Override
    public void addAfter(Duration delay, String topic, List<Message<String, byte[]>> messages) {
        addAll(topic, messages, null, delay);
    }

    private void addAll(
            String topic,
            List<Message<String, byte[]>> messages,
            @Nullable Instant notBefore,
            @Nullable Duration delay) {
        requireTransaction("Nothing was added to the outbox for topic '" + topic + "'");
        if (!messages.isEmpty() && !SuppressedPublishing.isActive()) {
            unwritten()
                    .add(messages.stream()
                            .map(each -> NewRow.of(topic, each, notBefore, delay))
                            .toList());
        }
    }

    @Override
    public void schedule(Schedule schedule, String topic, Message<String, byte[]> message) {
        requireTransaction("'" + schedule.name() + "' was not scheduled");
        if (SuppressedPublishing.isActive()) {
            return;
        }
        NewRow row = NewRow.of(topic, message, schedule.due(), null);
        scheduled.put(schedule.name(), row);
        unwritten().written(row);
    }

    @Override
    public boolean cancel(String name) {
        requireTransaction("'" + name + "' was not cancelled");
        return !SuppressedPublishing.isActive() && scheduled.delete(name);
    }

    private void requireTransaction(String consequence) {
        if (!inTransaction()) {
            throw new IllegalStateException(consequence
                    + ": there is no transaction of the outbox's data source. Begin one around the call (@Transactional,"
                    + " TransactionTemplate).");
        }
        if (CommitMark.isSet()) {
            throw new IllegalStateException(consequence
                    + ": the transaction has been committed already (this is an afterCommit callback of it). Call it before"
                    + " the commit, or in a transaction of its own (REQUIRES_NEW).");
        }
    }

    /** A transaction of another data source does not count: rows would stay although it rolled back. */
    private boolean inTransaction() {
        if (!TransactionSynchronizationManager.isActualTransactionActive()
                || !TransactionSynchronizationManager.isSynchronizationActive()) {
            return false;
        }
        var connection = DataSourceUtils.getConnection(dataSource);
        try {
            return !connection.getAutoCommit();
        } catch (SQLException e) {
            throw new CannotGetJdbcConnectionException("The outbox's database connection is broken.", e);
        } finally {
            DataSourceUtils.releaseConnection(connection, dataSource);
        }
    }

    /** One of the transaction's synchronizations, and so suspended and resumed with it. */
    private UnwrittenRows unwritten() {
        for (var each : TransactionSynchronizationManager.getSynchronizations()) {
            if (each instanceof UnwrittenRows rows && rows.isFor(insert)) {
                return rows;
            }
        }
        var rows = new UnwrittenRows(insert, afterCommit);
        TransactionSynchronizationManager.registerSynchronization(rows);
        return rows;
    }
}

package io.orderflow.messaging.outbox;

import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionSynchronization;

/**
 * The rows that one transaction has added so far.
 *
 * <p>Written before the commit, while the transaction still holds its locks: transactions that change one order one after the other also
 * draw the ids of its rows one after the other, and ids determine the order of sending.
 */
final class UnwrittenRows implements TransactionSynchronization {

    private static final Logger log = LoggerFactory.getLogger(UnwrittenRows.class);

    private final OutboxInsert insert;
    private final IntConsumer afterCommit;
    private final List<NewRow> rows = new ArrayList<>();
    private final Map<Object, Integer> savepoints = new IdentityHashMap<>();
    private int partitions;
    private boolean committing;

    UnwrittenRows(OutboxInsert insert, IntConsumer afterCommit) {
        this.insert = insert;
        this.afterCommit = afterCommit;
    }

    boolean isFor(OutboxInsert other) {
        return insert == other;
    }

    void add(List<NewRow> more) {
        rows.addAll(more);
        if (committing) { // another synchronization adds in its own beforeCommit, after this one's
            write();
        }
    }

    /** A row of this transaction that was written, here or elsewhere. */
    void written(NewRow row) {
        partitions |= Partitions.bit(row.partition());
    }

    @Override
    public void beforeCommit(boolean readOnly) {
        committing = true;
        write();
    }

    /**
     * If the transaction is rolled back, writing rows here is harmless. Otherwise rows are left only if this synchronization was registered
     * by another one's beforeCommit (an event listener's, for example), after which Spring does not call beforeCommit again: then this is
     * the last chance.
     */
    @Override
    public void beforeCompletion() {
        if (!committing) {
            try {
                write();
            } catch (RuntimeException e) {
                // The database refuses to commit after a failed statement, and a rollback needs no more than this.
                log.debug("Rows for the outbox were not written at the end of a transaction.", e);
            }
        }
    }

    @Override
    public void savepoint(Object savepoint) {
        savepoints.put(savepoint, rows.size());
    }

    @Override
    public void savepointRollback(Object savepoint) {
        int before = savepoints.getOrDefault(savepoint, 0);
        rows.subList(before, rows.size()).clear();
    }

    @Override
    public void afterCommit() {
        afterCommit.accept(partitions);
    }

    /** An exception would reach no one here: this is for transaction managers without a {@link CommitMark}. */
    @Override
    public void afterCompletion(int status) {
        if (status == STATUS_COMMITTED && !rows.isEmpty()) {
            log.error(
                    "{} messages for {} are not sent: they were added to the outbox when their transaction had been"
                            + " committed. Add them before, or in a transaction of their own.",
                    rows.size(),
                    rows.stream().map(NewRow::topic).distinct().toList());
        }
    }

    private void write() {
        List<NewRow> all = List.copyOf(rows);
        rows.clear();
        all.forEach(this::written);
        insert.insert(all);
    }
}

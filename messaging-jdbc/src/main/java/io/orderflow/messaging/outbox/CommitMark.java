package io.orderflow.messaging.outbox;

import org.springframework.transaction.TransactionExecution;
import org.springframework.transaction.TransactionExecutionListener;
import org.springframework.transaction.support.DefaultTransactionStatus;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Marks a transaction whose commit has begun, so that {@link JdbcOutbox} refuses what is added in an {@code afterCommit} callback:
 * Spring shows such a transaction as active, and would neither write nor send it. Add one to each transaction manager that the outbox is
 * used with; the auto-configuration does. The mark is one of the transaction's synchronizations, and is suspended and resumed with it.
 */
public final class CommitMark implements TransactionExecutionListener {

    private static final TransactionSynchronization MARK = new TransactionSynchronization() {};

    /** Marks neither a savepoint nor a transaction within one of another manager, whose callbacks are not its own. */
    @Override
    public void beforeCommit(TransactionExecution transaction) {
        if (transaction instanceof DefaultTransactionStatus status
                && status.isNewTransaction()
                && status.isNewSynchronization()) {
            TransactionSynchronizationManager.registerSynchronization(MARK);
        }
    }

    /** Whether the current transaction has it. */
    static boolean isSet() {
        return TransactionSynchronizationManager.getSynchronizations().contains(MARK);
    }
}

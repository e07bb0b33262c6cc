package io.orderflow.messaging.inbox;

import java.util.Objects;
import java.util.concurrent.Callable;
import org.springframework.transaction.TransactionSystemException;
import org.springframework.transaction.support.TransactionTemplate;

/** Runs code in a transaction that is rolled back for any exception, which comes out as it was thrown. */
final class Transactions {

    /** Carries a checked exception out of a transaction. */
    private static final class Failed extends RuntimeException {

        private static final long serialVersionUID = 1L;

        Failed(Exception cause) {
            super(cause);
        }
    }

    private Transactions() {}

    static <T> T call(TransactionTemplate transaction, Callable<T> work) throws Exception {
        try {
            return Objects.requireNonNull(transaction.execute(status -> {
                try {
                    return work.call();
                } catch (RuntimeException e) {
                    throw e;
                } catch (Exception e) {
                    throw new Failed(e);
                }
            }));
        } catch (Failed e) {
            throw (Exception) e.getCause();
        } catch (TransactionSystemException e) {
            throw rolledBackFor(e);
        }
    }

    /** If the connection is lost, the rollback fails too, and hides what it was for. */
    private static Exception rolledBackFor(TransactionSystemException failure) {
        Throwable reason = failure.getApplicationException();
        if (reason instanceof Failed) {
            reason = reason.getCause();
        }
        return reason instanceof Exception exception ? exception : failure;
    }
}

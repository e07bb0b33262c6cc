package io.orderflow.messaging.policy;

import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;

/**
 * Tells faults of the database that pass by themselves from faults of a message.
 *
 * <p>By SQLSTATE: 08 (connection), 40001 and 40P01 (serialisation, deadlock), 55P03 (lock not available), 57P0x (server
 * shutting down) and 53 (out of resources); see PostgreSQL's manual, Appendix A. And whatever says of itself that it is
 * transient, among it a connection pool that is exhausted.
 */
public final class PassingFaults {

    private PassingFaults() {}

    /** Whether this failure, or something it was caused by, passes by itself. */
    public static boolean isPassing(Throwable failure) {
        for (Throwable t = failure; t != null; t = t.getCause()) {
            if (t instanceof SQLTransientException
                    || t instanceof SQLRecoverableException
                    || t instanceof SQLNonTransientConnectionException
                    || t instanceof SQLException sql && isPassing(sql.getSQLState())) {
                return true;
            }
        }
        return false;
    }

    private static boolean isPassing(String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57P0")
                        || state.equals("40001")
                        || state.equals("40P01")
                        || state.equals("55P03"));
    }
}

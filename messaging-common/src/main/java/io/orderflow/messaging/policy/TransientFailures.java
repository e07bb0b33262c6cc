package io.orderflow.messaging.policy;

import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.sql.SQLException;
import java.sql.SQLNonTransientConnectionException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.concurrent.TimeoutException;

/**
 * Tells faults of the database and of the network, which pass by themselves, from faults of a message.
 *
 * <p>The database's by SQLSTATE: 08 (connection), 40001 and 40P01 (serialisation, deadlock), 55P03 (lock not available),
 * 57P0x (server shutting down) and 53 (out of resources); see PostgreSQL's manual, Appendix A. And whatever says of itself
 * that it is transient, among it a connection pool that is exhausted. Where the rollback failed as well, it is what was
 * rolled back for that tells.
 *
 * <p>The network's by type: a connection that was refused, reset or not answered in time, a host whose name or way is not
 * found, and a broker that is away.
 */
public final class TransientFailures {

    private TransientFailures() {}

    /** Whether this failure, or something it was caused by, passes by itself. */
    public static boolean isPassing(Throwable failure) {
        return isOfDatabase(failure) || isOfNetwork(failure);
    }

    /** Whether it is a fault of the database that may be over in a moment. */
    public static boolean isOfDatabase(Throwable failure) {
        return Causes.any(
                failure,
                t -> t instanceof SQLTransientException
                        || t instanceof SQLRecoverableException
                        || t instanceof SQLNonTransientConnectionException
                        || t instanceof SQLException sql && isPassing(sql.getSQLState()));
    }

    static boolean isOfNetwork(Throwable failure) {
        return Causes.any(
                failure,
                t -> t instanceof SocketException
                        || t instanceof SocketTimeoutException
                        || t instanceof UnknownHostException
                        || t instanceof UnresolvedAddressException
                        || t instanceof HttpTimeoutException
                        || t instanceof TimeoutException
                        || t instanceof MessagingException && !(t instanceof MessageRejectedException));
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

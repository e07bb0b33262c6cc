package io.orderflow.messaging.policy;

import io.orderflow.messaging.MessageRejectedException;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.TopicUnavailableException;
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
 * Recognises transient failures of the database and the network.
 *
 * <p>Of the database by SQLSTATE: 08 (connection), 40001 and 40P01 (serialisation, deadlock), 55P03 (lock not available),
 * 57P0x (server shutting down) and 53 (out of resources), see PostgreSQL's manual, Appendix A; and by JDBC's own transient
 * exceptions, such as that of an exhausted connection pool.
 *
 * <p>Of the network by type: a connection that is refused, reset or times out, an unknown host, an unavailable broker.
 */
public final class TransientFailures {

    private TransientFailures() {}

    /** Whether this failure or one of its causes is transient. */
    public static boolean isTransient(Throwable failure) {
        return isOfDatabase(failure) || isOfNetwork(failure);
    }

    /** Whether it is a transient failure of the database. */
    public static boolean isOfDatabase(Throwable failure) {
        return Causes.any(
                failure,
                t -> t instanceof SQLTransientException
                        || t instanceof SQLRecoverableException
                        || t instanceof SQLNonTransientConnectionException
                        || t instanceof SQLException sql && isTransient(sql.getSQLState()));
    }

    static boolean isOfNetwork(Throwable failure) {
        return isOfBroker(failure)
                || Causes.any(
                        failure,
                        t -> t instanceof SocketException
                                || t instanceof SocketTimeoutException
                                || t instanceof UnknownHostException
                                || t instanceof UnresolvedAddressException
                                || t instanceof HttpTimeoutException
                                || t instanceof TimeoutException);
    }

    /** Whether the broker is available, but not a topic. */
    public static boolean isOfTopic(Throwable failure) {
        return Causes.any(failure, TopicUnavailableException.class::isInstance);
    }

    /** Whether it is a failure of the broker or of a topic, and not the rejection of one message. */
    public static boolean isOfBroker(Throwable failure) {
        return Causes.any(failure, t -> t instanceof MessagingException && !(t instanceof MessageRejectedException));
    }

    private static boolean isTransient(String state) {
        return state != null
                && (state.startsWith("08")
                        || state.startsWith("53")
                        || state.startsWith("57P0")
                        || state.equals("40001")
                        || state.equals("40P01")
                        || state.equals("55P03"));
    }
}

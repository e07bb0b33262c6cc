package io.orderflow.messaging.outbox;

import io.orderflow.messaging.supervision.LoopBody;
import io.orderflow.messaging.supervision.LoopControl;
import io.orderflow.messaging.supervision.Round;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes a relay when another instance has committed rows for its partitions ({@link RelayNotifications}). Holds a connection
 * only while there are other relays. Where the driver or a proxy does not support LISTEN, rows of other instances wait until
 * the relay polls.
 */
final class RelayNotificationListener implements LoopBody {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    /** How long it takes to notice that the loop is stopped, or that the other relays are gone. */
    static final Duration WAIT = Duration.ofMillis(500);

    private final DataSource dataSource;
    private final RelayNotifications notifications;
    private final Runnable wake;
    private @Nullable Connection connection;
    private boolean supported = true;

    RelayNotificationListener(DataSource dataSource, RelayNotifications notifications, Runnable wake) {
        this.dataSource = dataSource;
        this.notifications = notifications;
        this.wake = wake;
    }

    @Override
    public Round run(LoopControl loop) throws SQLException {
        if (!supported || notifications.none()) {
            reset();
            return Round.after(WAIT);
        }
        Connection listening = connection == null ? listen() : connection;
        if (listening != null) {
            receive(listening.unwrap(PGConnection.class).getNotifications((int) WAIT.toMillis()));
        }
        return Round.next();
    }

    private @Nullable Connection listen() throws SQLException {
        Connection opened = dataSource.getConnection();
        connection = opened;
        if (!opened.isWrapperFor(PGConnection.class)) {
            log.info(
                    "The outbox's connections are not PostgreSQL's own ({}): rows of other instances wait until this relay"
                            + " polls.",
                    opened.getClass().getName());
            supported = false;
            return null;
        }
        opened.setAutoCommit(true);
        execute(opened, "listen " + RelayNotifications.CHANNEL);
        wake.run(); // for notifications sent before
        return opened;
    }

    private void receive(PGNotification @Nullable [] received) {
        for (PGNotification each : received == null ? new PGNotification[0] : received) {
            if (notifications.concerns(partitions(each.getParameter()))) {
                wake.run();
                return;
            }
        }
    }

    /** Any user of the database may notify: a parameter that is not a number concerns every relay. */
    private static int partitions(String parameter) {
        try {
            return Integer.parseInt(parameter);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    @Override
    public void reset() {
        Connection open = connection;
        connection = null;
        if (open != null) {
            try (open) {
                execute(open, "unlisten " + RelayNotifications.CHANNEL);
            } catch (SQLException e) {
                log.debug("The listener's connection is broken.", e);
            }
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

package io.orderflow.messaging.outbox;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Wakes a relay when another instance has committed something for its partitions ({@link RelayNotifications}), on a thread and a
 * connection of its own; the connection is held only while there are other relays. Without it, where the driver or a
 * proxy in between knows no NOTIFY, rows of other instances wait until the relay looks of itself.
 */
final class RelayNotificationListener implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(OutboxRelay.class);

    /** How long it takes to notice that it is to stop, or that there are no other relays any more. */
    private static final Duration BREATH = Duration.ofMillis(500);

    private static final Duration AFTER_FAILURE = Duration.ofSeconds(5);

    private final DataSource dataSource;
    private final RelayNotifications relayNotifications;
    private final Runnable wake;
    private final Thread thread = new Thread(this::run, "outbox-listener");
    private volatile boolean stopping;

    RelayNotificationListener(DataSource dataSource, RelayNotifications relayNotifications, Runnable wake) {
        this.dataSource = dataSource;
        this.relayNotifications = relayNotifications;
        this.wake = wake;
    }

    void start() {
        thread.setDaemon(true);
        thread.start();
    }

    /** Waits for a moment until the connection is given back. */
    @Override
    public void close() {
        stopping = true;
        LockSupport.unpark(thread);
        try {
            thread.join(2 * BREATH.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        while (!stopping) {
            if (relayNotifications.none()) {
                LockSupport.parkNanos(BREATH.toNanos());
            } else {
                listen();
            }
        }
    }

    private void listen() {
        try (Connection connection = dataSource.getConnection()) {
            if (!connection.isWrapperFor(PGConnection.class)) {
                log.info(
                        "The outbox's connections are not PostgreSQL's own ({}): what other instances commit waits"
                                + " until this relay looks of itself.",
                        connection.getClass().getName());
                stopping = true;
                return;
            }
            boolean autoCommit = connection.getAutoCommit();
            connection.setAutoCommit(true);
            execute(connection, "listen " + RelayNotifications.CHANNEL);
            wake.run(); // for what was told before it listened
            while (!stopping && !relayNotifications.none()) {
                hear(connection.unwrap(PGConnection.class).getNotifications((int) BREATH.toMillis()));
            }
            execute(connection, "unlisten " + RelayNotifications.CHANNEL);
            connection.setAutoCommit(autoCommit);
        } catch (SQLException | RuntimeException e) {
            log.debug(
                    "Not listening to other relays for {} s; the relay looks of itself.", AFTER_FAILURE.toSeconds(), e);
            pause();
        }
    }

    private void hear(PGNotification @Nullable [] notifications) {
        if (notifications == null) {
            return;
        }
        for (PGNotification each : notifications) {
            if (relayNotifications.concerns(partitions(each.getParameter()))) {
                wake.run();
                return;
            }
        }
    }

    /** Anybody who may connect may notify: what is no number concerns everybody. */
    private static int partitions(String told) {
        try {
            return Integer.parseInt(told);
        } catch (NumberFormatException e) {
            return -1;
        }
    }

    private void pause() {
        long end = System.nanoTime() + AFTER_FAILURE.toNanos();
        while (!stopping && System.nanoTime() - end < 0) {
            LockSupport.parkNanos(BREATH.toNanos());
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}

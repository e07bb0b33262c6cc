package io.orderflow.messaging.database;

import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Stops the start while messages are parked in the database. Earlier versions parked messages for subscriptions that kept
 * the order of their keys over retries; this version does not read them.
 *
 * @param dataSource of the library's tables
 */
public record ParkedMessages(DataSource dataSource) {

    /** @throws UnusableDatabaseException if a message is parked */
    public void check() {
        JdbcClient.create(dataSource)
                .sql("select consumer_group || ' on ' || topic from messaging_parked_message limit 1")
                .query(String.class)
                .optional()
                .ifPresent(subscription -> {
                    throw new UnusableDatabaseException(
                            "Messages of " + subscription
                                    + " are parked in this database by an earlier version, and this"
                                    + " version would never handle them.",
                            "Start the earlier version again, redrive or discard the dead letters of that group, and wait"
                                    + " until messaging.order.parked is 0. Then start this version.");
                });
    }
}

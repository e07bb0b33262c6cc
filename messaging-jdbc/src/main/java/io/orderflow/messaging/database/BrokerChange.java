package io.orderflow.messaging.database;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records in the database which broker it was used with last, and stops the start with another one: messages that are left on the old
 * broker would silently never be handled.
 */
public final class BrokerChange {

    /** The broker that was drained, or whose messages may be lost. */
    public static final String PROPERTY = "messaging.drained-broker";

    private static final Logger log = LoggerFactory.getLogger(BrokerChange.class);

    private final JdbcClient jdbc;
    private final String broker;
    private final @Nullable String drained;

    /**
     * @param broker the broker that is used now
     * @param drained the value of {@value #PROPERTY}
     */
    public BrokerChange(DataSource dataSource, String broker, @Nullable String drained) {
        this.jdbc = JdbcClient.create(dataSource);
        this.broker = broker;
        this.drained = drained;
    }

    /** @throws UnusableDatabaseException if the database was last used with another broker that has not been drained */
    public void check() {
        jdbc.sql("insert into messaging_broker (name) values (?) on conflict do nothing")
                .param(broker)
                .update();
        String last = jdbc.sql("select name from messaging_broker")
                .query(String.class)
                .single();
        if (last.equals(broker)) {
            return;
        }
        if (!last.equals(drained)) {
            throw new UnusableDatabaseException(
                    "This database was last used with the broker " + last + ", and the broker is " + broker
                            + " now. Messages on " + last + " that have not been handled would never be; what is in the"
                            + " database (outbox, retries, dead letters) continues with " + broker + ".",
                    "Drain " + last
                            + ": start with it again, accept no new work, and wait until messaging.outbox.rows is 0"
                            + " in every service and no group has a backlog. Then start with " + broker + " and "
                            + PROPERTY + "=" + last + ". The same property accepts the loss of what is left there.");
        }
        jdbc.sql("update messaging_broker set name = :now, since = now() where name = :last")
                .param("now", broker)
                .param("last", last)
                .update();
        log.info("The broker is now {} instead of {}, as set by {}.", broker, last, PROPERTY);
    }
}

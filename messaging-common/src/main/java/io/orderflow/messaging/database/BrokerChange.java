package io.orderflow.messaging.database;

import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Remembers in the database with which broker it was used last, and stops the start with another one: what the application
 * has not read on the old broker does not follow it, and nobody would notice.
 */
public final class BrokerChange {

    /** Names the broker that was drained, or whose messages may be lost. */
    public static final String PROPERTY = "messaging.drained-broker";

    private static final Logger log = LoggerFactory.getLogger(BrokerChange.class);

    private final JdbcClient jdbc;
    private final String broker;
    private final @Nullable String drained;

    /**
     * @param broker the one that is used from now on
     * @param drained what {@value #PROPERTY} says, if anything
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
                            + " database (outbox, retries, dead letters) goes on with " + broker + ".",
                    "Drain " + last
                            + ": start with it again, let no new work in, and wait until messaging.outbox.rows is 0"
                            + " in every service and no group has a backlog. Then start with " + broker + " and "
                            + PROPERTY + "=" + last + ". The same property accepts the loss of what is left there.");
        }
        jdbc.sql("update messaging_broker set name = :now, since = now() where name = :last")
                .param("now", broker)
                .param("last", last)
                .update();
        log.info("The broker is {} from now on, and no longer {}, as {} says.", broker, last, PROPERTY);
    }
}

package io.orderflow.messaging.pauses;

import io.orderflow.messaging.policy.OperatorPauses;
import io.orderflow.messaging.policy.OperatorPauses.OperatorPause;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The pauses by operators, in the database: valid for all instances of the application, and kept over restarts. Each instance
 * reads them before it consumes and every {@link #REFRESH}. While the database is unavailable it keeps those it has read.
 */
public final class SubscriptionPauses {

    /** How long another instance may take to follow. */
    public static final Duration REFRESH = Duration.ofSeconds(1);

    private final JdbcClient jdbc;
    private final OperatorPauses instance;

    /** @param instance the pauses of this instance */
    public SubscriptionPauses(DataSource dataSource, OperatorPauses instance) {
        this.jdbc = JdbcClient.create(dataSource);
        this.instance = instance;
    }

    /** Pauses a subscription; does nothing if it is paused. */
    public void pause(String topic, String group, String operator) {
        jdbc.sql("insert into messaging_paused_subscription (topic, consumer_group, operator) values (?, ?, ?)"
                        + " on conflict do nothing")
                .params(topic, group, operator)
                .update();
        refresh();
    }

    /** Resumes a subscription; does nothing if it is not paused. */
    public void resume(String topic, String group) {
        jdbc.sql("delete from messaging_paused_subscription where topic = ? and consumer_group = ?")
                .params(topic, group)
                .update();
        refresh();
    }

    /** Applies the rows of the database to this instance. */
    public synchronized void refresh() {
        List<OperatorPause> all = jdbc.sql(
                        "select topic, consumer_group, operator, since from messaging_paused_subscription")
                .query((row, number) -> new OperatorPause(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        row.getTimestamp(4).toInstant()))
                .list();
        instance.replace(all);
    }
}

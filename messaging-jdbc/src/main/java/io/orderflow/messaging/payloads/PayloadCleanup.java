package io.orderflow.messaging.payloads;

import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Deletes payloads after the retention, in small steps. Run it periodically, in any number of instances. */
public final class PayloadCleanup implements Runnable {

    private static final int STEP = 500;

    private static final String DELETE = """
            delete from messaging_payload where id in (
                select id from messaging_payload where kept_from < now() - ? * interval '1 second'
                limit ? for update skip locked)
            """;

    private final JdbcTemplate jdbc;
    private final Duration retention;

    public PayloadCleanup(DataSource dataSource, Duration retention) {
        if (retention.isNegative() || retention.isZero()) {
            throw new IllegalArgumentException("messaging.payloads.retention must be positive, not " + retention + ".");
        }
        this.jdbc = new JdbcTemplate(dataSource);
        this.retention = retention;
    }

    @Override
    public void run() {
        while (jdbc.update(DELETE, retention.toSeconds(), STEP) == STEP) {
            // next step
        }
    }
}

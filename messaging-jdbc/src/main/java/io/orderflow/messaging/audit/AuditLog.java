package io.orderflow.messaging.audit;

import io.orderflow.messaging.database.StorableText;
import java.time.Duration;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Records who changed what. An entry is written before the request is carried out, so that no change is without one: while the
 * database is unavailable operators can change nothing. Safe for many threads.
 */
public final class AuditLog {

    private final JdbcClient jdbc;
    private final Duration retention;

    /** @param retention how long entries are kept */
    public AuditLog(DataSource dataSource, Duration retention) {
        this.jdbc = JdbcClient.create(dataSource);
        this.retention = retention;
    }

    /** Records a request before it is carried out; returns the entry's id. */
    public long begin(String operator, String request) {
        return jdbc.sql("insert into messaging_audit (operator, request) values (?, ?) returning id")
                .params(StorableText.of(operator), StorableText.of(request))
                .query(Long.class)
                .single();
    }

    /** Records the outcome of a request. */
    public void end(long id, int status, @Nullable String result) {
        jdbc.sql("update messaging_audit set status = ?, result = ? where id = ?")
                .params(status, result, id)
                .update();
    }

    /** The latest entries before one of them, the newest first. */
    public List<AuditEntry> before(long id, int number) {
        return jdbc.sql("select id, at, operator, request, status, result from messaging_audit where id < ?"
                        + " order by id desc limit ?")
                .params(id, number)
                .query((row, count) -> new AuditEntry(
                        row.getLong("id"),
                        row.getTimestamp("at").toInstant(),
                        row.getString("operator"),
                        row.getString("request"),
                        row.getObject("status", Integer.class),
                        row.getString("result")))
                .list();
    }

    /** Deletes what is older than the retention. */
    public void deleteOld() {
        jdbc.sql("delete from messaging_audit where at < now() - ? * interval '1 second'")
                .param(retention.toSeconds())
                .update();
    }
}

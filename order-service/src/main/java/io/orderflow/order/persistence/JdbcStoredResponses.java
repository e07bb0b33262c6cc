package io.orderflow.order.persistence;

import io.orderflow.order.usecases.StoredResponses;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcStoredResponses implements StoredResponses {

    private final JdbcClient jdbc;

    JdbcStoredResponses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** By an advisory lock of the transaction: an insert would wait for the end of the other transaction. */
    @Override
    public boolean tryLock(String key) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('answered_request ' || ?, 0))")
                .param(key)
                .query(Boolean.class)
                .single();
    }

    @Override
    public void lock(String key) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended('answered_request ' || ?, 0)) is null")
                .param(key)
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<Entry> find(String key) {
        return jdbc.sql("select * from answered_request where key = ?")
                .param(key)
                .query(JdbcStoredResponses::read)
                .optional();
    }

    @Override
    public void save(Entry entry) {
        jdbc.sql("""
                        insert into answered_request (key, fingerprint, status, location, body, answered_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (key) do update set fingerprint = excluded.fingerprint, status = excluded.status,
                            location = excluded.location, body = excluded.body, answered_at = excluded.answered_at""")
                .params(
                        entry.key(),
                        entry.fingerprint(),
                        entry.response().status(),
                        entry.response().location(),
                        entry.response().body(),
                        Timestamp.from(entry.storedAt()))
                .update();
    }

    @Override
    public void deleteOlderThan(Instant time) {
        jdbc.sql("delete from answered_request where answered_at < ?")
                .param(Timestamp.from(time))
                .update();
    }

    private static Entry read(ResultSet rs, int number) throws SQLException {
        return new Entry(
                rs.getString("key"),
                rs.getString("fingerprint"),
                new Response(rs.getInt("status"), rs.getString("location"), rs.getString("body")),
                rs.getTimestamp("answered_at").toInstant());
    }
}

package io.orderflow.order.persistence;

import io.orderflow.order.usecases.Answer;
import io.orderflow.order.usecases.AnsweredRequests;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcAnsweredRequests implements AnsweredRequests {

    private final JdbcClient jdbc;

    JdbcAnsweredRequests(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** An advisory lock of the transaction: an insert would wait for the other's end instead of saying so. */
    @Override
    public boolean tryToTake(String key) {
        return jdbc.sql("select pg_try_advisory_xact_lock(hashtextextended('answered_request ' || ?, 0))")
                .param(key)
                .query(Boolean.class)
                .single();
    }

    @Override
    public Optional<Answered> find(String key) {
        return jdbc.sql("select * from answered_request where key = ?")
                .param(key)
                .query(JdbcAnsweredRequests::read)
                .optional();
    }

    @Override
    public void remember(Answered answered) {
        jdbc.sql("""
                        insert into answered_request (key, fingerprint, status, location, body, answered_at)
                        values (?, ?, ?, ?, ?, ?)
                        on conflict (key) do update set fingerprint = excluded.fingerprint, status = excluded.status,
                            location = excluded.location, body = excluded.body, answered_at = excluded.answered_at""")
                .params(
                        answered.key(),
                        answered.fingerprint(),
                        answered.answer().status(),
                        answered.answer().location(),
                        answered.answer().body(),
                        Timestamp.from(answered.at()))
                .update();
    }

    @Override
    public int forgetBefore(Instant time) {
        return jdbc.sql("delete from answered_request where answered_at < ?")
                .param(Timestamp.from(time))
                .update();
    }

    private static Answered read(ResultSet rs, int number) throws SQLException {
        return new Answered(
                rs.getString("key"),
                rs.getString("fingerprint"),
                new Answer(rs.getInt("status"), rs.getString("location"), rs.getString("body")),
                rs.getTimestamp("answered_at").toInstant());
    }
}

package io.orderflow.order.persistence;

import io.orderflow.order.domain.Announcements;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcAnnouncements implements Announcements {

    private static final String LATEST_BEFORE = "(select max(noted_at) from announced where noted_at <= :time)";

    private final JdbcClient jdbc;

    JdbcAnnouncements(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void note(Instant at, Instant until, Duration atMostEvery) {
        jdbc.sql("""
                        insert into announced (noted_at, placed_before)
                        select :at, :until where not exists (select from announced where noted_at > :lately)
                        on conflict do nothing""")
                .param("at", Timestamp.from(at))
                .param("until", Timestamp.from(until))
                .param("lately", Timestamp.from(at.minus(atMostEvery)))
                .update();
    }

    @Override
    public Optional<Instant> until(Instant at) {
        return jdbc.sql("select placed_before from announced where noted_at = " + LATEST_BEFORE)
                .param("time", Timestamp.from(at))
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    @Override
    public void forgetBefore(Instant time) {
        jdbc.sql("delete from announced where noted_at < " + LATEST_BEFORE)
                .param("time", Timestamp.from(time))
                .update();
    }
}

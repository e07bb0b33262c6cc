package io.orderflow.order.persistence;

import io.orderflow.order.domain.PublishingCheckpoints;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcPublishingCheckpoints implements PublishingCheckpoints {

    private static final String LATEST = "(select max(noted_at) from announced where noted_at <= :time)";

    private final JdbcClient jdbc;

    JdbcPublishingCheckpoints(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(Instant at, Instant placedBefore, Duration interval) {
        jdbc.sql("""
                        insert into announced (noted_at, placed_before)
                        select :at, :placedBefore where not exists (select from announced where noted_at > :latest)
                        on conflict do nothing""")
                .param("at", Timestamp.from(at))
                .param("placedBefore", Timestamp.from(placedBefore))
                .param("latest", Timestamp.from(at.minus(interval)))
                .update();
    }

    @Override
    public Optional<Instant> placedBefore(Instant at) {
        return jdbc.sql("select placed_before from announced where noted_at = " + LATEST)
                .param("time", Timestamp.from(at))
                .query(Timestamp.class)
                .optional()
                .map(Timestamp::toInstant);
    }

    @Override
    public void deleteBefore(Instant time) {
        jdbc.sql("delete from announced where noted_at < " + LATEST)
                .param("time", Timestamp.from(time))
                .update();
    }
}

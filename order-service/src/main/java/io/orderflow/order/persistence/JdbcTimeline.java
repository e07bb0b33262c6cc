package io.orderflow.order.persistence;

import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.domain.Timeline;
import io.orderflow.order.domain.TimelineEntry;
import io.orderflow.order.domain.TimelineEntry.Cause;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcTimeline implements Timeline {

    private final JdbcClient jdbc;

    JdbcTimeline(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(UUID orderId, TimelineEntry entry) {
        Cause cause = entry.cause();
        jdbc.sql("""
                        insert into timeline (order_id, at, what, status, event_type, event_id)
                        values (?, ?, ?, ?, ?, ?)""")
                .params(
                        orderId,
                        Timestamp.from(entry.at()),
                        entry.what(),
                        entry.status().name(),
                        cause == null ? null : cause.eventType(),
                        cause == null ? null : cause.eventId())
                .update();
    }

    @Override
    public List<TimelineEntry> of(UUID orderId) {
        return jdbc.sql("select at, what, status, event_type, event_id from timeline where order_id = ? order by id")
                .param(orderId)
                .query(JdbcTimeline::read)
                .list();
    }

    private static TimelineEntry read(ResultSet rs, int number) throws SQLException {
        String eventType = rs.getString("event_type");
        return new TimelineEntry(
                rs.getTimestamp("at").toInstant(),
                rs.getString("what"),
                OrderStatus.valueOf(rs.getString("status")),
                eventType == null ? null : new Cause(eventType, rs.getString("event_id")));
    }
}

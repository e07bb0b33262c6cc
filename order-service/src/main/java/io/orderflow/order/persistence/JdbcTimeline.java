package io.orderflow.order.persistence;

import io.orderflow.order.domain.FeedEntry;
import io.orderflow.order.domain.FeedPosition;
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

    private static final String FEED = """
            select transaction::text::bigint as transaction, id, order_id, at, what, status, event_type, event_id
            from timeline
            where timeline.transaction < pg_snapshot_xmin(pg_current_snapshot())
              and (timeline.transaction, id) > (:transaction::text::xid8, :id)""";

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

    @Override
    public List<FeedEntry> after(FeedPosition position, int limit) {
        return jdbc.sql(FEED + " order by timeline.transaction, id limit :limit")
                .param("transaction", Long.toString(position.transaction()))
                .param("id", position.id())
                .param("limit", limit)
                .query(JdbcTimeline::readFeed)
                .list();
    }

    @Override
    public List<FeedEntry> after(FeedPosition position, UUID orderId) {
        return jdbc.sql(FEED + " and order_id = :orderId order by timeline.transaction, id")
                .param("transaction", Long.toString(position.transaction()))
                .param("id", position.id())
                .param("orderId", orderId)
                .query(JdbcTimeline::readFeed)
                .list();
    }

    private static FeedEntry readFeed(ResultSet rs, int number) throws SQLException {
        FeedPosition position = new FeedPosition(rs.getLong("transaction"), rs.getLong("id"));
        return new FeedEntry(position, rs.getObject("order_id", UUID.class), read(rs, number));
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

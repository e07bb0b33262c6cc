package io.orderflow.order.persistence;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import io.orderflow.order.domain.WebhookAttempt;
import io.orderflow.order.domain.WebhookDeliveries;
import io.orderflow.order.domain.WebhookDelivery;
import io.orderflow.order.domain.WebhookDelivery.Status;
import io.orderflow.order.domain.WebhookEvent;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcWebhookDeliveries implements WebhookDeliveries {

    private record AttemptRow(UUID deliveryId, WebhookAttempt attempt) {

        static AttemptRow read(ResultSet rs, int number) throws SQLException {
            return new AttemptRow(
                    rs.getObject("delivery_id", UUID.class),
                    new WebhookAttempt(
                            rs.getTimestamp("at").toInstant(),
                            Duration.ofMillis(rs.getLong("took_millis")),
                            rs.getObject("status", Integer.class),
                            rs.getString("answer"),
                            Duration.ZERO));
        }
    }

    private final JdbcClient jdbc;

    JdbcWebhookDeliveries(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public boolean add(UUID id, UUID webhookId, WebhookEvent event, Instant now) {
        return jdbc.sql("""
                        insert into webhook_delivery
                            (id, webhook_id, event_id, event_type, body, round, status, created_at)
                        values (?, ?, ?, ?, ?, 1, 'PENDING', ?)
                        on conflict (webhook_id, event_id) do nothing""")
                        .params(id, webhookId, event.id(), event.type(), event.body(), Timestamp.from(now))
                        .update()
                > 0;
    }

    @Override
    public Optional<WebhookDelivery> find(UUID id) {
        return jdbc.sql("select * from webhook_delivery where id = ?")
                .param(id)
                .query(JdbcWebhookDeliveries::read)
                .optional();
    }

    @Override
    public List<WebhookDelivery> page(UUID webhookId, long before, int limit) {
        return jdbc.sql("""
                        select * from webhook_delivery where webhook_id = ? and number < ?
                        order by number desc limit ?""")
                .params(webhookId, before, limit)
                .query(JdbcWebhookDeliveries::read)
                .list();
    }

    @Override
    public Map<UUID, List<WebhookAttempt>> attempts(List<UUID> deliveryIds) {
        return deliveryIds.isEmpty()
                ? Map.of()
                : jdbc
                        .sql("select * from webhook_attempt where delivery_id in (:ids) order by id")
                        .param("ids", deliveryIds)
                        .query(AttemptRow::read)
                        .list()
                        .stream()
                        .collect(groupingBy(AttemptRow::deliveryId, mapping(AttemptRow::attempt, toList())));
    }

    @Override
    public void record(WebhookDelivery delivery, WebhookAttempt attempt, Status status) {
        jdbc.sql("""
                        insert into webhook_attempt (delivery_id, at, took_millis, status, answer)
                        select id, :at, :took, cast(:status as int), :answer from webhook_delivery where id = :id""")
                .param("id", delivery.id())
                .param("at", Timestamp.from(attempt.at()))
                .param("took", attempt.took().toMillis())
                .param("status", attempt.status())
                .param("answer", attempt.answer())
                .update();
        jdbc.sql("update webhook_delivery set status = ? where id = ? and round = ? and status = 'PENDING'")
                .params(status.name(), delivery.id(), delivery.round())
                .update();
    }

    @Override
    public WebhookDelivery startRound(UUID id) {
        return jdbc.sql("update webhook_delivery set round = round + 1, status = 'PENDING' where id = ? returning *")
                .param(id)
                .query(JdbcWebhookDeliveries::read)
                .single();
    }

    @Override
    public void cancelPending(UUID webhookId) {
        jdbc.sql("update webhook_delivery set status = 'CANCELLED' where webhook_id = ? and status = 'PENDING'")
                .param(webhookId)
                .update();
    }

    @Override
    public void deleteOlderThan(Instant time) {
        jdbc.sql("delete from webhook_delivery where created_at < ?")
                .param(Timestamp.from(time))
                .update();
    }

    private static WebhookDelivery read(ResultSet rs, int number) throws SQLException {
        return new WebhookDelivery(
                rs.getLong("number"),
                rs.getObject("id", UUID.class),
                rs.getObject("webhook_id", UUID.class),
                rs.getString("event_type"),
                rs.getString("body"),
                rs.getInt("round"),
                Status.valueOf(rs.getString("status")),
                rs.getTimestamp("created_at").toInstant());
    }
}

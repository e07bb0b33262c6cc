package io.orderflow.order.persistence;

import io.orderflow.order.domain.Webhook;
import io.orderflow.order.domain.WebhookSecrets;
import io.orderflow.order.domain.Webhooks;
import java.net.URI;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcWebhooks implements Webhooks {

    private final JdbcClient jdbc;

    JdbcWebhooks(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void add(Webhook webhook) {
        jdbc.sql("""
                        insert into webhook (id, url, event_types, secret, created_at)
                        values (?, ?, string_to_array(?, ' '), ?, ?)""")
                .params(
                        webhook.id(),
                        webhook.url().toString(),
                        String.join(" ", webhook.eventTypes()),
                        webhook.secrets().current(),
                        Timestamp.from(webhook.createdAt()))
                .update();
    }

    @Override
    public Optional<Webhook> rotateSecret(UUID id, String secret, Instant previousUntil) {
        return jdbc.sql("""
                        update webhook set previous_secret = secret, previous_secret_until = ?, secret = ?
                        where id = ? returning *""")
                .params(Timestamp.from(previousUntil), secret, id)
                .query(JdbcWebhooks::read)
                .optional();
    }

    @Override
    public void disable(UUID id, String because) {
        jdbc.sql("update webhook set disabled_because = ? where id = ?")
                .params(because, id)
                .update();
    }

    @Override
    public boolean delete(UUID id) {
        return jdbc.sql("delete from webhook where id = ?").param(id).update() > 0;
    }

    @Override
    public Optional<Webhook> find(UUID id) {
        return jdbc.sql("select * from webhook where id = ?")
                .param(id)
                .query(JdbcWebhooks::read)
                .optional();
    }

    @Override
    public List<Webhook> all() {
        return jdbc.sql("select * from webhook order by created_at, id")
                .query(JdbcWebhooks::read)
                .list();
    }

    @Override
    public List<UUID> receivingType(String eventType) {
        return jdbc.sql("select id from webhook where ? = any (event_types) and disabled_because is null")
                .param(eventType)
                .query(UUID.class)
                .list();
    }

    private static Webhook read(ResultSet rs, int number) throws SQLException {
        Timestamp until = rs.getTimestamp("previous_secret_until");
        return new Webhook(
                rs.getObject("id", UUID.class),
                URI.create(rs.getString("url")),
                List.of((String[]) rs.getArray("event_types").getArray()),
                new WebhookSecrets(
                        rs.getString("secret"),
                        rs.getString("previous_secret"),
                        until == null ? null : until.toInstant()),
                rs.getString("disabled_because"),
                rs.getTimestamp("created_at").toInstant());
    }
}

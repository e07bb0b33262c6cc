package io.orderflow.email.persistence;

import io.orderflow.email.domain.Contacts;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import java.time.Duration;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

@Repository
class JdbcContacts implements Contacts {

    private final JdbcClient jdbc;

    JdbcContacts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Override
    public void store(OrderId orderId, EmailAddress address) {
        jdbc.sql("insert into contact (order_id, email) values (?, ?) on conflict do nothing")
                .params(orderId.value(), address.value())
                .update();
    }

    @Override
    public int deleteOlderThan(Duration retention) {
        return jdbc.sql("delete from contact where remembered_at < now() - ? * interval '1 second'")
                .param(retention.toSeconds())
                .update();
    }

    @Override
    public Optional<EmailAddress> find(OrderId orderId) {
        return jdbc.sql("select email from contact where order_id = ?")
                .param(orderId.value())
                .query(String.class)
                .optional()
                .map(EmailAddress::new);
    }
}

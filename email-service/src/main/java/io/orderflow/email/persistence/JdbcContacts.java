package io.orderflow.email.persistence;

import io.orderflow.email.domain.Contact;
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
    public void store(OrderId orderId, Contact contact) {
        jdbc.sql("insert into contact (order_id, email, purchase_order) values (?, ?, ?) on conflict do nothing")
                .params(orderId.value(), contact.address().value(), contact.purchaseOrder())
                .update();
    }

    @Override
    public int deleteOlderThan(Duration retention) {
        return jdbc.sql("delete from contact where remembered_at < now() - ? * interval '1 second'")
                .param(retention.toSeconds())
                .update();
    }

    @Override
    public Optional<Contact> find(OrderId orderId) {
        return jdbc.sql("select email, purchase_order from contact where order_id = ?")
                .param(orderId.value())
                .query((row, number) ->
                        new Contact(new EmailAddress(row.getString("email")), row.getString("purchase_order")))
                .optional();
    }
}

package io.orderflow.email.persistence;

import io.orderflow.email.domain.Email;
import io.orderflow.email.domain.EmailKind;
import io.orderflow.email.domain.EmailRecord;
import io.orderflow.email.domain.EmailRecords;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import io.orderflow.service.KeysetQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.core.simple.JdbcClient.StatementSpec;
import org.springframework.stereotype.Repository;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

@Repository
class JdbcEmailRecords implements EmailRecords {

    private static final String WITH_CONTACT = """
            select mail.order_id, kind, status, subject, message_id, email, attempts, failure, sent_at
            from mail left join contact on contact.order_id = mail.order_id""";

    private static final KeysetQuery NEWEST_FIRST =
            new KeysetQuery(WITH_CONTACT, "mail", "mail.order_id", "created_at", List.of("mail.order_id", "kind"));

    /** The e-mails of one order are leased one after the other. */
    private static final String ONE_AT_A_TIME = "select from contact where order_id = :orderId for no key update";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    JdbcEmailRecords(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public OptionalInt lease(Email email, Duration period) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql(ONE_AT_A_TIME)
                    .param("orderId", email.orderId().value())
                    .query()
                    .listOfRows();
            return leaseNow(email, period);
        }));
    }

    private OptionalInt leaseNow(Email email, Duration period) {
        return about(email, """
                        insert into mail (order_id, kind, status, subject, message_id, attempts, claimed_until)
                        select :orderId, :kind, 'PENDING', :subject, :messageId, 1, now() + :lease * interval '1 ms'
                        where not exists (
                            select from mail other where other.order_id = :orderId
                            and (other.kind = any(:supersededBy)
                                or other.kind = any(:supersedes) and other.claimed_until > now()))
                        on conflict (order_id, kind) do update
                        set status = 'PENDING', failure = null, attempts = mail.attempts + 1,
                            claimed_until = excluded.claimed_until
                        where mail.status <> 'SENT' and (mail.claimed_until is null or mail.claimed_until < now())
                        returning attempts""")
                .param("subject", email.subject())
                .param("messageId", email.messageId())
                .param("lease", period.toMillis())
                .param("supersedes", names(email.kind().supersedes()))
                .param("supersededBy", names(email.kind().supersededBy()))
                .query(Integer.class)
                .optional()
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    @Override
    public void renew(Email email, int attempt, Duration period) {
        about(email, """
                        update mail set claimed_until = now() + :lease * interval '1 ms'
                        where order_id = :orderId and kind = :kind and status = 'PENDING' and attempts = :attempt
                        and claimed_until is not null""")
                .param("lease", period.toMillis())
                .param("attempt", attempt)
                .update();
    }

    @Override
    public boolean isSent(Email email) {
        return about(
                        email,
                        "select exists (select from mail where order_id = :orderId and kind = :kind and status = 'SENT')")
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean isSuperseded(Email email) {
        return jdbc.sql("select exists (select from mail where order_id = :orderId and kind = any(:supersededBy))")
                .param("orderId", email.orderId().value())
                .param("supersededBy", names(email.kind().supersededBy()))
                .query(Boolean.class)
                .single();
    }

    private static String[] names(Set<EmailKind> kinds) {
        return kinds.stream().map(EmailKind::name).toArray(String[]::new);
    }

    @Override
    public void sent(Email email) {
        about(email, """
                        update mail set status = 'SENT', sent_at = now(), claimed_until = null, failure = null
                        where order_id = :orderId and kind = :kind and status <> 'SENT'""").update();
    }

    @Override
    public void release(Email email, int attempt) {
        about(email, """
                        update mail set claimed_until = null
                        where order_id = :orderId and kind = :kind and status = 'PENDING' and attempts = :attempt""").param("attempt", attempt).update();
    }

    @Override
    public void failed(Email email, int attempt, String why) {
        about(email, """
                        update mail set status = 'FAILED', failure = :why, claimed_until = null
                        where order_id = :orderId and kind = :kind and status = 'PENDING' and attempts = :attempt""").param("attempt", attempt).param("why", why).update();
    }

    private StatementSpec about(Email email, String sql) {
        return jdbc.sql(sql)
                .param("orderId", email.orderId().value())
                .param("kind", email.kind().name());
    }

    @Override
    public List<EmailRecord> list(@Nullable String orderId, EmailRecord.@Nullable Key after, int limit) {
        List<String> key = after == null
                ? List.of()
                : List.of(after.orderId().value(), after.kind().name());
        return NEWEST_FIRST.list(jdbc, orderId, key, limit, JdbcEmailRecords::mail);
    }

    private static EmailRecord mail(ResultSet rs, int row) throws SQLException {
        String email = rs.getString("email");
        Timestamp sentAt = rs.getTimestamp("sent_at");
        return new EmailRecord(
                new OrderId(rs.getString("order_id")),
                EmailKind.valueOf(rs.getString("kind")),
                EmailRecord.Status.valueOf(rs.getString("status")),
                rs.getString("subject"),
                rs.getString("message_id"),
                email == null ? null : new EmailAddress(email),
                rs.getInt("attempts"),
                rs.getString("failure"),
                sentAt == null ? null : sentAt.toInstant());
    }
}

package io.orderflow.email.persistence;

import io.orderflow.email.domain.Letter;
import io.orderflow.email.domain.LetterKind;
import io.orderflow.email.domain.Mail;
import io.orderflow.email.domain.Mails;
import io.orderflow.events.EmailAddress;
import io.orderflow.events.OrderId;
import io.orderflow.service.PagedQuery;
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
class JdbcMails implements Mails {

    private static final String WITH_CONTACT = """
            select mail.order_id, kind, status, subject, message_id, email, attempts, failure, sent_at
            from mail left join contact on contact.order_id = mail.order_id""";

    private static final PagedQuery NEWEST_FIRST =
            new PagedQuery(WITH_CONTACT, "mail", "mail.order_id", "created_at desc, mail.order_id, kind");

    /** Claims of different letters of an order are made one after the other. */
    private static final String ONE_AT_A_TIME = "select from contact where order_id = :orderId for no key update";

    private final JdbcClient jdbc;
    private final TransactionTemplate transaction;

    JdbcMails(JdbcClient jdbc, PlatformTransactionManager transactions) {
        this.jdbc = jdbc;
        this.transaction = new TransactionTemplate(transactions);
    }

    @Override
    public OptionalInt claim(Letter letter, Duration lease) {
        return Objects.requireNonNull(transaction.execute(status -> {
            jdbc.sql(ONE_AT_A_TIME)
                    .param("orderId", letter.orderId().value())
                    .query()
                    .listOfRows();
            return claimNow(letter, lease);
        }));
    }

    private OptionalInt claimNow(Letter letter, Duration lease) {
        return about(letter, """
                        insert into mail (order_id, kind, status, subject, message_id, attempts, claimed_until)
                        select :orderId, :kind, 'PENDING', :subject, :messageId, 1, now() + :lease * interval '1 ms'
                        where not exists (
                            select from mail other where other.order_id = :orderId
                            and (other.kind = any(:overtakenBy)
                                or other.kind = any(:overtakes) and other.claimed_until > now()))
                        on conflict (order_id, kind) do update
                        set status = 'PENDING', failure = null, attempts = mail.attempts + 1,
                            claimed_until = excluded.claimed_until
                        where mail.status <> 'SENT' and (mail.claimed_until is null or mail.claimed_until < now())
                        returning attempts""")
                .param("subject", letter.subject())
                .param("messageId", letter.messageId())
                .param("lease", lease.toMillis())
                .param("overtakes", names(letter.kind().overtakes()))
                .param("overtakenBy", names(letter.kind().overtakenBy()))
                .query(Integer.class)
                .optional()
                .map(OptionalInt::of)
                .orElseGet(OptionalInt::empty);
    }

    @Override
    public void renew(Letter letter, int attempt, Duration lease) {
        about(letter, """
                        update mail set claimed_until = now() + :lease * interval '1 ms'
                        where order_id = :orderId and kind = :kind and status = 'PENDING' and attempts = :attempt
                        and claimed_until is not null""")
                .param("lease", lease.toMillis())
                .param("attempt", attempt)
                .update();
    }

    @Override
    public boolean isSent(Letter letter) {
        return about(
                        letter,
                        "select exists (select from mail where order_id = :orderId and kind = :kind and status = 'SENT')")
                .query(Boolean.class)
                .single();
    }

    @Override
    public boolean isOvertaken(Letter letter) {
        return jdbc.sql("select exists (select from mail where order_id = :orderId and kind = any(:overtakenBy))")
                .param("orderId", letter.orderId().value())
                .param("overtakenBy", names(letter.kind().overtakenBy()))
                .query(Boolean.class)
                .single();
    }

    private static String[] names(Set<LetterKind> kinds) {
        return kinds.stream().map(LetterKind::name).toArray(String[]::new);
    }

    @Override
    public void sent(Letter letter) {
        about(letter, """
                        update mail set status = 'SENT', sent_at = now(), claimed_until = null, failure = null
                        where order_id = :orderId and kind = :kind and status <> 'SENT'""").update();
    }

    @Override
    public void release(Letter letter, int attempt) {
        about(letter, """
                        update mail set claimed_until = null
                        where order_id = :orderId and kind = :kind and status = 'PENDING' and attempts = :attempt""").param("attempt", attempt).update();
    }

    @Override
    public void failed(Letter letter, int attempt, String why) {
        about(letter, """
                        update mail set status = 'FAILED', failure = :why, claimed_until = null
                        where order_id = :orderId and kind = :kind and status = 'PENDING' and attempts = :attempt""").param("attempt", attempt).param("why", why).update();
    }

    private StatementSpec about(Letter letter, String sql) {
        return jdbc.sql(sql)
                .param("orderId", letter.orderId().value())
                .param("kind", letter.kind().name());
    }

    @Override
    public List<Mail> list(@Nullable String orderId, int limit, long offset) {
        return NEWEST_FIRST.list(jdbc, orderId, limit, offset, JdbcMails::mail);
    }

    @Override
    public long count(@Nullable String orderId) {
        return NEWEST_FIRST.count(jdbc, orderId);
    }

    private static Mail mail(ResultSet rs, int row) throws SQLException {
        String email = rs.getString("email");
        Timestamp sentAt = rs.getTimestamp("sent_at");
        return new Mail(
                new OrderId(rs.getString("order_id")),
                LetterKind.valueOf(rs.getString("kind")),
                Mail.Status.valueOf(rs.getString("status")),
                rs.getString("subject"),
                rs.getString("message_id"),
                email == null ? null : new EmailAddress(email),
                rs.getInt("attempts"),
                rs.getString("failure"),
                sentAt == null ? null : sentAt.toInstant());
    }
}

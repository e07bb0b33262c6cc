package io.orderflow.messaging.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.inbox.Inbox;
import io.orderflow.messaging.inbox.InboxCleanup;
import io.orderflow.messaging.inbox.JdbcInbox;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

class JdbcInboxTest extends InboxConformance {

    private static final HikariDataSource DATABASE = Databases.fresh();
    private static final ContentDigest CONTENT = ContentDigest.of(new Message<>(null, null, Map.of(), Instant.EPOCH));

    @AfterAll
    static void closeDatabase() {
        DATABASE.close();
    }

    @Override
    protected DataSource database() {
        return DATABASE;
    }

    @Override
    protected Inbox inbox(DataSource database) {
        return new JdbcInbox(database);
    }

    @Override
    protected boolean isAnyTransactionWaiting() {
        return sql("select exists (select from pg_stat_activity where datname = current_database()"
                        + " and wait_event_type = 'Lock')")
                .query(Boolean.class)
                .single();
    }

    @Test
    void what_was_handled_long_ago_is_forgotten_and_nothing_else() {
        new TransactionTemplate(new JdbcTransactionManager(DATABASE))
                .executeWithoutResult(status -> new JdbcInbox(DATABASE)
                        .note("cleanup", "topic", List.of(new Inbox.Entry(new MessageId("/source", "new"), CONTENT))));
        sql("insert into messaging_inbox (consumer_group, topic, source, message_id, handled_at)"
                        + " select 'cleanup', 'topic', '/source', 'old-' || i, now() - interval '8 days'"
                        + " from generate_series(1, 12000) i")
                .update();

        new InboxCleanup(DATABASE, InboxCleanup.DEFAULT_RETENTION).run();

        assertThat(sql("select message_id from messaging_inbox where consumer_group = 'cleanup'")
                        .query(String.class)
                        .list())
                .containsExactly("new");
    }

    @Test
    void two_cleanups_at_once_do_not_wait_for_each_other() {
        sql("insert into messaging_inbox (consumer_group, message_id, handled_at) values ('held', 'a', now() - interval '8 days'),"
                        + " ('held', 'b', now() - interval '8 days')")
                .update();
        new TransactionTemplate(new JdbcTransactionManager(DATABASE)).executeWithoutResult(status -> {
            sql("select from messaging_inbox where message_id = 'a' for update")
                    .query()
                    .listOfRows();
            Thread other = new Thread(() -> new InboxCleanup(DATABASE, Duration.ofDays(7)).run());
            other.start();
            join(other);
        });

        assertThat(sql("select message_id from messaging_inbox where consumer_group = 'held'")
                        .query(String.class)
                        .list())
                .containsExactly("a");
    }

    private static void join(Thread thread) {
        try {
            thread.join(Duration.ofSeconds(30).toMillis());
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
        assertThat(thread.isAlive()).isFalse();
    }

    private static JdbcClient.StatementSpec sql(String sql) {
        return JdbcClient.create(DATABASE).sql(sql);
    }
}

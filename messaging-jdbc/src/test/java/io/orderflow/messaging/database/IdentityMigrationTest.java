package io.orderflow.messaging.database;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.inbox.Inbox;
import io.orderflow.messaging.inbox.Inbox.Entry;
import io.orderflow.messaging.inbox.Inbox.Finding;
import io.orderflow.messaging.inbox.InboxCleanup;
import io.orderflow.messaging.inbox.JdbcInbox;
import io.orderflow.messaging.outbox.HeadersJson;
import io.orderflow.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** Messages that were handled, parked or dead-lettered before they were identified by topic and source as well. */
class IdentityMigrationTest {

    private static final int IDENTITY = 6;

    private final HikariDataSource database = new HikariDataSource();
    private final JdbcClient jdbc = JdbcClient.create(database);

    @BeforeEach
    void createAsItWasBefore() {
        database.setJdbcUrl(PostgresServer.find().createFreshDatabase("identity"));
        LibraryScripts.populator(each -> each < IDENTITY).execute(database);
    }

    @AfterEach
    void close() {
        database.close();
    }

    @Test
    void what_was_handled_before_is_a_duplicate_from_wherever_it_comes_until_it_is_forgotten() {
        jdbc.sql("insert into messaging_inbox (consumer_group, message_id, handled_at)"
                        + " values ('stock', 'm1', now() - interval '6 days')")
                .update();
        migrate();

        assertThat(note(entry("/shop", "m1"), entry("/shop", "m2"), entry("/shop", "m2")))
                .containsExactly(Finding.DUPLICATE, Finding.NEW, Finding.DUPLICATE);
        assertThat(note(entry("/mall", "m1"))).containsExactly(Finding.DUPLICATE);
        assertThat(new JdbcInbox(database).isHandled("stock", "orders", entry("/shop", "m1")))
                .isTrue();

        jdbc.sql("update messaging_inbox set handled_at = handled_at - interval '2 days' where message_id = 'm1'")
                .update();
        new InboxCleanup(database, InboxCleanup.DEFAULT_RETENTION).run();
        assertThat(note(entry("/shop", "m1"))).containsExactly(Finding.NEW);
    }

    /** An instance of the version before goes on while the first one of this version has migrated the database. */
    @Test
    void what_an_older_instance_handles_meanwhile_is_known_to_a_newer_one() {
        migrate();
        jdbc.sql("insert into messaging_inbox (consumer_group, message_id) select 'stock', id"
                        + " from unnest(array['m1']) as id on conflict do nothing")
                .update();

        assertThat(note(entry("/shop", "m1"))).containsExactly(Finding.DUPLICATE);
    }

    @Test
    void dead_letters_and_parked_messages_have_the_identity_and_the_digest_that_they_would_be_given_now() {
        Message<String, byte[]> typed = message("größe", "{}", Map.of(Headers.TYPE, "order.placed.v1"));
        Message<String, byte[]> untyped = message("k", "", Map.of());
        List<Message<String, byte[]>> messages = List.of(typed, untyped);
        for (int i = 0; i < messages.size(); i++) {
            insertAsBefore(i, messages.get(i));
        }
        migrate();

        for (String table : List.of("messaging_dead_letter", "messaging_parked_message")) {
            for (int i = 0; i < messages.size(); i++) {
                Map<String, Object> row = jdbc.sql("select source, digest from " + table + " where message_id = ?")
                        .param("m" + i)
                        .query()
                        .singleRow();
                assertThat(row)
                        .containsEntry("source", "/shop")
                        .containsEntry(
                                "digest", ContentDigest.of(messages.get(i)).bytes());
            }
        }
    }

    @Test
    void headers_that_sql_cannot_read_do_not_stop_the_migration() {
        Message<String, byte[]> forged = message("k", "{}", Map.of("a\0", "\uD800", Headers.TYPE, "\0"));
        insertAsBefore(0, forged);
        insertAsBefore(1, forged.withHeader(Headers.SOURCE, "s".repeat(1_000)));
        insertAsBefore(2, message("k", "{}", Map.of()).withoutHeaders(List.of(Headers.SOURCE)));
        migrate();

        assertThat(jdbc.sql("select distinct source from messaging_dead_letter")
                        .query(String.class)
                        .list())
                .containsExactly("");
    }

    private void insertAsBefore(int number, Message<String, byte[]> message) {
        jdbc.sql("insert into messaging_dead_letter (consumer_group, topic, message_id, digest, message_type,"
                        + " message_key, value, headers, made_at, reason, fingerprint, attempts, first_failure,"
                        + " last_failure) values ('stock', 'orders', :id, sha256(:value), :type, :key, :value,"
                        + " :headers::json, 0, 'failed', 'f', 1, now(), now())")
                .param("id", "m" + number)
                .param("value", message.value())
                .param("type", "\0".equals(message.header(Headers.TYPE)) ? "\uFFFD" : message.header(Headers.TYPE))
                .param("key", message.key().getBytes(StandardCharsets.UTF_8))
                .param("headers", HeadersJson.write(message.headers()))
                .update();
        jdbc.sql("insert into messaging_held_key (consumer_group, topic, key_name) values ('stock', 'orders', :key)"
                        + " on conflict do nothing")
                .param("key", message.key().getBytes(StandardCharsets.UTF_8))
                .update();
        jdbc.sql("insert into messaging_parked_message (consumer_group, topic, key_name, message_id, from_topic,"
                        + " message_key, value, headers, made_at) values ('stock', 'orders', :key, :id, 'orders', :key,"
                        + " :value, :headers::json, 0)")
                .param("id", "m" + number)
                .param("value", message.value())
                .param("key", message.key().getBytes(StandardCharsets.UTF_8))
                .param("headers", HeadersJson.write(message.headers()))
                .update();
    }

    private void migrate() {
        LibraryScripts.populator(each -> each >= IDENTITY).execute(database);
    }

    private List<Finding> note(Entry... messages) {
        Inbox inbox = new JdbcInbox(database);
        return new TransactionTemplate(new JdbcTransactionManager(database))
                .execute(status -> inbox.note("stock", "orders", List.of(messages)));
    }

    private static Entry entry(String source, String id) {
        return new Entry(new MessageId(source, id), ContentDigest.of(message("k", "{}", Map.of())));
    }

    private static Message<String, byte[]> message(String key, String value, Map<String, String> headers) {
        return new Message<>(key, value.getBytes(StandardCharsets.UTF_8), headers, Instant.EPOCH)
                .withHeader(Headers.SOURCE, "/shop");
    }
}

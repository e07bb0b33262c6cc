package io.orderflow.messaging.inbox;

import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.MessageId;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * An inbox in PostgreSQL, in the schema of {@code classpath:db/messaging}. Transactions are READ COMMITTED, which is
 * PostgreSQL's default: a stricter isolation level would fail instead of waiting. A call costs one round trip, and a second one if
 * some of its messages are duplicates. It waits no longer than two thirds of its connection's socket time-out, which would close
 * the connection and look like an outage of the database.
 */
public final class JdbcInbox implements Inbox {

    /**
     * Rows from before V0.6 have neither topic nor source, and are identified by the id alone. {@code offset 0} keeps the
     * planner from turning the look-up of each into a join, which might insert in another order than the one given.
     */
    private static final String NOTE = """
            insert into messaging_inbox (consumer_group, topic, source, message_id, digest)
            select ?, ?, m.source, m.id, m.digest
            from unnest(?::text[], ?::text[], ?::bytea[]) as m(source, id, digest)
            where not exists (
                select from messaging_inbox old
                where old.consumer_group = ? and old.topic = '' and old.source = '' and old.message_id = m.id offset 0)
            on conflict do nothing
            returning source, message_id
            """;

    /** A statement of its own: the one that waited does not see what the other transaction committed. */
    private static final String DIGESTS = """
            select m.source, m.id, handled.digest from unnest(?::text[], ?::text[]) as m(source, id)
            cross join lateral (
                select digest from messaging_inbox
                where consumer_group = ? and topic = ? and source = m.source and message_id = m.id offset 0) handled
            """;

    private static final String HANDLED = """
            select exists (
                select from messaging_inbox
                where consumer_group = ? and topic = ? and source = ? and message_id = ?
                and (digest is null or digest = ?))
            or exists (
                select from messaging_inbox
                where consumer_group = ? and topic = '' and source = '' and message_id = ?)
            """;

    /** SQLSTATE of a statement that was cancelled by its time-out. */
    private static final String CANCELED = "57014";

    private final JdbcTemplate jdbc;

    public JdbcInbox(DataSource dataSource) {
        this(new JdbcTemplate(dataSource));
    }

    public JdbcInbox(JdbcTemplate jdbc) {
        this.jdbc = jdbc;
    }

    /** Rows are inserted in one order, so that two calls never deadlock. */
    @Override
    public List<Finding> note(String group, String topic, List<Entry> messages) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Nothing was recorded in the inbox of group '" + group
                    + "': there is no transaction. Begin one around the call.");
        }
        SortedMap<MessageId, ContentDigest> contents = new TreeMap<>();
        messages.forEach(each -> contents.putIfAbsent(each.id(), each.content()));
        Set<MessageId> inserted = insertInTime(group, topic, contents);
        Map<MessageId, @Nullable ContentDigest> handled = new HashMap<>(contents);
        if (inserted.size() < contents.size()) {
            handled.keySet().retainAll(inserted);
            contents.keySet().removeAll(inserted);
            handled.putAll(digests(group, topic, contents.keySet()));
        }
        List<Finding> findings = new ArrayList<>(messages.size());
        for (Entry each : messages) {
            ContentDigest known = handled.get(each.id());
            boolean same = known == null || known.equals(each.content());
            findings.add(inserted.remove(each.id()) ? Finding.NEW : same ? Finding.DUPLICATE : Finding.ID_REUSED);
        }
        return findings;
    }

    private Set<MessageId> insertInTime(String group, String topic, SortedMap<MessageId, ContentDigest> contents) {
        try {
            return insert(group, topic, contents);
        } catch (DataAccessException e) {
            if (e.getRootCause() instanceof SQLException cause && CANCELED.equals(cause.getSQLState())) {
                throw new HandledConcurrentlyException(group, topic, e);
            }
            throw e;
        }
    }

    private Set<MessageId> insert(String group, String topic, SortedMap<MessageId, ContentDigest> contents) {
        return new HashSet<>(jdbc.query(
                connection -> {
                    PreparedStatement insert = connection.prepareStatement(NOTE);
                    insert.setQueryTimeout(longestWait(connection));
                    insert.setString(1, group);
                    insert.setString(2, topic);
                    setIds(insert, 3, contents.keySet());
                    byte[][] digests =
                            contents.values().stream().map(ContentDigest::bytes).toArray(byte[][]::new);
                    insert.setArray(5, connection.createArrayOf("bytea", digests));
                    insert.setString(6, group);
                    return insert;
                },
                (row, number) -> new MessageId(row.getString(1), row.getString(2))));
    }

    /** In seconds; 0 means no limit. */
    private static int longestWait(Connection connection) throws SQLException {
        long socketTimeout = TimeUnit.MILLISECONDS.toSeconds(connection.getNetworkTimeout());
        return socketTimeout == 0 ? 0 : (int) Math.max(1, socketTimeout * 2 / 3);
    }

    /** Rows from before V0.6 have no digest, which counts as equal. */
    private Map<MessageId, @Nullable ContentDigest> digests(String group, String topic, Collection<MessageId> ids) {
        Map<MessageId, @Nullable ContentDigest> digests = new HashMap<>();
        jdbc.query(
                connection -> {
                    PreparedStatement query = connection.prepareStatement(DIGESTS);
                    setIds(query, 1, ids);
                    query.setString(3, group);
                    query.setString(4, topic);
                    return query;
                },
                row -> {
                    byte[] digest = row.getBytes(3);
                    digests.put(
                            new MessageId(row.getString(1), row.getString(2)),
                            digest == null ? null : ContentDigest.ofBytes(digest));
                });
        return digests;
    }

    private static void setIds(PreparedStatement statement, int index, Collection<MessageId> ids) throws SQLException {
        statement.setArray(index, texts(statement.getConnection(), ids, MessageId::source));
        statement.setArray(index + 1, texts(statement.getConnection(), ids, MessageId::id));
    }

    private static Array texts(Connection connection, Collection<MessageId> ids, Function<MessageId, String> part)
            throws SQLException {
        return connection.createArrayOf("text", ids.stream().map(part).toArray(String[]::new));
    }

    @Override
    public boolean isHandled(String group, String topic, Entry message) {
        return Boolean.TRUE.equals(jdbc.queryForObject(
                HANDLED,
                Boolean.class,
                group,
                topic,
                message.id().source(),
                message.id().id(),
                message.content().bytes(),
                group,
                message.id().id()));
    }
}

package io.orderflow.messaging.inbox;

import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * An inbox in PostgreSQL, in the schema of {@code classpath:db/messaging}. Transactions are READ COMMITTED, which is
 * PostgreSQL's default: a stricter one would fail where this one waits.
 */
public final class JdbcInbox implements Inbox {

    private static final String NOTE = """
            insert into messaging_inbox (consumer_group, message_id)
            select ?, id from unnest(?::text[]) as id
            on conflict do nothing
            returning message_id
            """;

    private final JdbcTemplate jdbc;

    public JdbcInbox(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    /** Ids are inserted in one order by everybody, so that two calls never wait for each other in a circle. */
    @Override
    public Set<String> note(String group, Collection<String> messageIds) {
        if (!TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new IllegalStateException("Nothing was noted in the inbox of group '" + group
                    + "': there is no transaction that the memory could be part of. Begin one around the call.");
        }
        String[] sorted = new TreeSet<>(messageIds).toArray(String[]::new);
        List<String> inserted = jdbc.query(
                connection -> {
                    var insert = connection.prepareStatement(NOTE);
                    insert.setString(1, group);
                    insert.setArray(2, connection.createArrayOf("text", sorted));
                    return insert;
                },
                (result, row) -> result.getString(1));
        Set<String> fresh = new LinkedHashSet<>(messageIds);
        fresh.retainAll(new HashSet<>(inserted));
        return fresh;
    }
}

package io.orderflow.messaging.outbox;

import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Adds, deletes and lists scheduled rows, in the current transaction if there is one.
 *
 * <p>Only rows that no relay has claimed can be replaced or deleted, and only claimed ones are sent ({@link DelayedRows}). Both
 * lock the row, so exactly one of them happens.
 */
final class ScheduledRows {

    static final String UNCLAIMED = "schedule_name is not null and claimed_at is null";

    private static final String PUT = """
            with transaction as materialized (select pg_current_xact_id() as id)
            insert into messaging_outbox (
                partition, topic, message_key, value, headers, made_at, not_before, schedule_name)
            select ?::smallint, ?::text, ?::bytea, ?::bytea, ?::json, ?::bigint, to_timestamp(?::bigint / 1000.0), ?::text
            from transaction t where t.id is not null
            on conflict (schedule_name) where %s do update
            set partition = excluded.partition, topic = excluded.topic, message_key = excluded.message_key,
                value = excluded.value, headers = excluded.headers, made_at = excluded.made_at,
                not_before = excluded.not_before, created_at = excluded.created_at
            """.formatted(UNCLAIMED);

    private final JdbcClient jdbc;

    ScheduledRows(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Adds a row, or replaces that of the same name. */
    void put(String name, NewRow row) {
        jdbc.sql(PUT)
                .params(
                        row.partition(),
                        row.topic(),
                        row.key(),
                        row.value(),
                        row.headers(),
                        row.madeAt(),
                        row.notBefore(),
                        name)
                .update();
    }

    /** Whether there was such a row; then it is never sent. */
    boolean delete(String name) {
        return jdbc.sql("delete from messaging_outbox where schedule_name = ? and " + UNCLAIMED)
                        .param(name)
                        .update()
                > 0;
    }

    /** The deleted row; empty if there is none with this id. */
    Optional<ScheduledRow> delete(long id) {
        return jdbc.sql("delete from messaging_outbox where id = ? and " + UNCLAIMED + " returning "
                        + ScheduledRow.COLUMNS)
                .param(id)
                .query(ScheduledRow::of)
                .optional();
    }

    /** The next one to be sent first. */
    List<ScheduledRow> list(long offset, int limit) {
        return jdbc.sql("select " + ScheduledRow.COLUMNS + " from messaging_outbox where " + UNCLAIMED
                        + " order by not_before, id offset ? limit ?")
                .params(offset, limit)
                .query(ScheduledRow::of)
                .list();
    }

    long count() {
        return jdbc.sql("select count(*) from messaging_outbox where " + UNCLAIMED)
                .query(Long.class)
                .single();
    }
}

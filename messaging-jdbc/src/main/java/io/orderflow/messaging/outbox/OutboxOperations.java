package io.orderflow.messaging.outbox;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * An operator's actions on parked rows of the outbox (those that the broker rejects for good, and those of their keys behind them) and on
 * scheduled ones. Safe for many threads and instances; a relay acts on them within seconds.
 */
public final class OutboxOperations {

    private static final Logger log = LoggerFactory.getLogger(OutboxOperations.class);

    private static final String RELEASE =
            "update messaging_outbox set released = true where id = ? and parked_at is not null" + " returning "
                    + ParkedRow.COLUMNS;

    private static final String DELETE =
            "delete from messaging_outbox where id = ? and parked_at is not null returning " + ParkedRow.COLUMNS;

    /** A statement of its own, because only then it sees rows that were parked meanwhile ({@link ParkedRows}). */
    private static final String RELEASE_FOLLOWERS = """
            update messaging_outbox set released = true
            where parked_at is not null and id > ? and id = (select min(p.id) from messaging_outbox p where %s)
            """.formatted(ParkedRows.OF_KEY);

    private final JdbcClient jdbc;
    private final ScheduledRows scheduled;
    private final TransactionTemplate transaction;

    public OutboxOperations(DataSource dataSource, PlatformTransactionManager transactions) {
        this.jdbc = JdbcClient.create(dataSource);
        this.scheduled = new ScheduledRows(dataSource);
        this.transaction = new TransactionTemplate(transactions);
    }

    /** The parked rows in the order of their ids, in which those of one key are sent. */
    public List<ParkedRow> parked(long offset, int limit) {
        return jdbc.sql("select " + ParkedRow.COLUMNS
                        + " from messaging_outbox where parked_at is not null order by id offset ? limit ?")
                .params(offset, limit)
                .query(ParkedRow::of)
                .list();
    }

    /** How many there are. */
    public long count() {
        return jdbc.sql("select count(*) from messaging_outbox where parked_at is not null")
                .query(Long.class)
                .single();
    }

    /**
     * Releases a row and all that are parked of its key: they are sent again. The row is parked again if the broker still rejects it.
     *
     * @return the row; empty if no row with this id is parked
     */
    public Optional<ParkedRow> release(long id, String who) {
        Optional<ParkedRow> row =
                jdbc.sql(RELEASE).param(id).query(ParkedRow::of).optional();
        row.ifPresent(each -> log.info(
                "Row {} of the outbox, for topic '{}', was released by {}: it is sent again.", id, each.topic(), who));
        return row;
    }

    /**
     * Deletes a row: its message is never sent. If it was the first of its key, the rows behind it are released.
     *
     * @return the row; empty if no row with this id is parked
     */
    public Optional<ParkedRow> delete(long id, String who) {
        @Nullable
        Optional<ParkedRow> deleted = transaction.execute(status -> {
            Optional<ParkedRow> row =
                    jdbc.sql(DELETE).param(id).query(ParkedRow::of).optional();
            row.ifPresent(this::releaseFollowers);
            return row;
        });
        Optional<ParkedRow> row = deleted == null ? Optional.empty() : deleted;
        row.ifPresent(each -> log.warn(
                "Row {} of the outbox, message {} for topic '{}', was deleted by {} and is never sent.",
                id,
                each.messageId(),
                each.topic(),
                who));
        return row;
    }

    private void releaseFollowers(ParkedRow first) {
        String key = first.key();
        if (key != null && !first.delayed()) {
            byte[] bytes = key.getBytes(StandardCharsets.UTF_8);
            jdbc.sql(RELEASE_FOLLOWERS)
                    .params(first.id(), first.topic(), bytes, bytes)
                    .update();
        }
    }

    /** The scheduled rows that can be cancelled, the next one first. */
    public List<ScheduledRow> scheduled(long offset, int limit) {
        return scheduled.list(offset, limit);
    }

    /** How many there are. */
    public long countScheduled() {
        return scheduled.count();
    }

    /**
     * Deletes a scheduled row: its message is never sent.
     *
     * @return the row; empty if none with this id is scheduled, or a relay has claimed it
     */
    public Optional<ScheduledRow> cancel(long id, String who) {
        Optional<ScheduledRow> row = scheduled.delete(id);
        row.ifPresent(each -> log.warn(
                "Scheduled message '{}' for topic '{}', due at {}, was cancelled by {} and is never sent.",
                each.name(),
                each.topic(),
                each.due(),
                who));
        return row;
    }
}

package io.orderflow.messaging.sequence;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sequences in PostgreSQL, in the schema of {@code classpath:db/messaging}: one row for each group and key. */
public final class JdbcSequences implements Sequences {

    private static final String NOTE = """
            insert into messaging_sequence as known
                (consumer_group, topic, source, message_key, seen, gap_since)
            values (?, ?, ?, ?, int8multirange(int8range(?, ?, '[]')), case when ? > 1 then now() end)
            on conflict (consumer_group, topic, source, message_key) do update
            set seen = known.seen + excluded.seen,
                gap_since = case when messaging_is_complete(known.seen + excluded.seen)
                    then null else coalesce(known.gap_since, now()) end,
                gap_told = known.gap_told and not messaging_is_complete(known.seen + excluded.seen),
                updated_at = now()
            """;

    private final JdbcTemplate jdbc;

    public JdbcSequences(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    @Override
    public void handled(Place place) {
        jdbc.update(
                NOTE,
                place.group(),
                place.topic(),
                place.source(),
                place.key(),
                place.number(),
                place.number(),
                place.number());
    }
}

package io.orderflow.messaging.sequence;

import javax.sql.DataSource;
import org.springframework.jdbc.core.JdbcTemplate;

/** Sequences in PostgreSQL, in the schema of {@code classpath:db/messaging}: a row a group and key. */
public final class JdbcSequences implements Sequences {

    private static final String NOTE = """
            insert into messaging_sequence as known
                (consumer_group, topic, source, message_key, seen, latest, gap_since)
            values (?, ?, ?, ?, int8multirange(int8range(?, ?, '[]')), ?, case when ? > 1 then now() end)
            on conflict (consumer_group, topic, source, message_key) do update
            set seen = known.seen + excluded.seen,
                latest = greatest(known.latest, excluded.latest),
                gap_since = case when messaging_is_complete(known.seen + excluded.seen)
                    then null else coalesce(known.gap_since, now()) end,
                gap_told = known.gap_told and not messaging_is_complete(known.seen + excluded.seen),
                updated_at = now()
            """;

    private static final String LOCK = """
            insert into messaging_sequence as known (consumer_group, topic, source, message_key)
            values (?, ?, ?, ?)
            on conflict (consumer_group, topic, source, message_key) do update set updated_at = now()
            returning latest
            """;

    private static final long NOT_AS_LATEST = 0;

    private final JdbcTemplate jdbc;

    public JdbcSequences(DataSource dataSource) {
        this.jdbc = new JdbcTemplate(dataSource);
    }

    @Override
    public void handled(Place place) {
        note(place, NOT_AS_LATEST);
    }

    @Override
    public void handledAsLatest(Place place) {
        note(place, place.number());
    }

    private void note(Place place, long latest) {
        jdbc.update(
                NOTE,
                place.group(),
                place.topic(),
                place.source(),
                place.key(),
                place.number(),
                place.number(),
                latest,
                place.number());
    }

    @Override
    public boolean isOutdated(Place place) {
        Long latest = jdbc.queryForObject(LOCK, Long.class, place.group(), place.topic(), place.source(), place.key());
        return latest != null && latest > place.number();
    }
}

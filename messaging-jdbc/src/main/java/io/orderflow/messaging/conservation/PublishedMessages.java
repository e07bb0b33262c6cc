package io.orderflow.messaging.conservation;

import io.orderflow.messaging.outbox.IdSlot;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The messages that an application's outbox has published of late, counted by its relay. */
public final class PublishedMessages {

    /** Messages published longer ago are not compared. */
    public static final Duration WINDOW = Duration.ofHours(1);

    private static final String COUNTS = """
            select topic, source, slot, messages from messaging_published
            where updated_at >= now() - ? * interval '1 second' and updated_at <= now() - ? * interval '1 second'
            """;

    private record TopicAndSource(String topic, String source) {}

    private final JdbcClient jdbc;
    private final Duration retention;

    /**
     * @param retention how long counts are kept: as long as inboxes know the messages. After an outage the rest of the messages of a slot is
     *     published and must be added to its count
     */
    public PublishedMessages(DataSource dataSource, Duration retention) {
        this.jdbc = JdbcClient.create(dataSource);
        this.retention = retention;
    }

    /**
     * The counts of the last hour.
     *
     * @param unchangedFor omits the counts that changed more recently: their messages may not have reached their groups
     */
    public List<Published> counts(Duration unchangedFor) {
        Map<TopicAndSource, Map<Instant, Long>> slots = new HashMap<>();
        jdbc.sql(COUNTS).params(WINDOW.toSeconds(), unchangedFor.toSeconds()).query(row -> {
            slots.computeIfAbsent(
                            new TopicAndSource(row.getString("topic"), row.getString("source")), any -> new TreeMap<>())
                    .put(new IdSlot(row.getLong("slot")).start(), row.getLong("messages"));
        });
        return slots.entrySet().stream()
                .map(each -> new Published(each.getKey().topic(), each.getKey().source(), each.getValue()))
                .toList();
    }

    /** Deletes old counts. */
    public void cleanUp() {
        jdbc.sql("delete from messaging_published where updated_at < now() - ? * interval '1 second'")
                .param(retention.toSeconds())
                .update();
    }
}

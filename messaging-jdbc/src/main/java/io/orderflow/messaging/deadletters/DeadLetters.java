package io.orderflow.messaging.deadletters;

import io.orderflow.messaging.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads the dead letters of a service. Safe for many threads. */
public final class DeadLetters {

    private static final int MAX_FINGERPRINTS = 50;

    private final JdbcClient jdbc;

    public DeadLetters(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Those that match, the last to fail first. */
    public List<DeadLetter> list(DeadLetterFilter filter, long offset, int limit) {
        FilterSql where = FilterSql.of(filter);
        return jdbc.sql("select " + Rows.COLUMNS + " from messaging_dead_letter where " + where.condition()
                        + " order by last_failure desc, id desc offset :offset limit :limit")
                .params(where.parameters())
                .param("offset", offset)
                .param("limit", limit)
                .query(Rows::deadLetter)
                .list();
    }

    /** How many match. */
    public long count(DeadLetterFilter filter) {
        FilterSql where = FilterSql.of(filter);
        return jdbc.sql("select count(*) from messaging_dead_letter where " + where.condition())
                .params(where.parameters())
                .query(Long.class)
                .single();
    }

    /** Those that match, counted by failure: the most frequent first, {@value #MAX_FINGERPRINTS} at most. */
    public List<SimilarDeadLetters> byFingerprint(DeadLetterFilter filter) {
        FilterSql where = FilterSql.of(filter);
        return jdbc.sql("select fingerprint, min(exception) as exception, min(place) as place, min(reason) as reason,"
                        + " count(*) as number, min(first_failure) as first_failure, max(last_failure) as last_failure"
                        + " from messaging_dead_letter where " + where.condition()
                        + " group by fingerprint order by number desc, fingerprint limit " + MAX_FINGERPRINTS)
                .params(where.parameters())
                .query(Rows::similar)
                .list();
    }

    /** How many await an operator, by group; a group without any is missing. */
    public Map<String, Long> waitingByGroup() {
        Map<String, Long> numbers = new LinkedHashMap<>();
        jdbc.sql("select consumer_group, count(*) as number from messaging_dead_letter where state = 'WAITING'"
                        + " group by consumer_group")
                .query(row -> {
                    numbers.put(row.getString("consumer_group"), row.getLong("number"));
                });
        return numbers;
    }

    public Optional<DeadLetter> find(long id) {
        return jdbc.sql("select " + Rows.COLUMNS + " from messaging_dead_letter where id = ?")
                .param(id)
                .query(Rows::deadLetter)
                .optional();
    }

    /** The message itself, as received from the dead-letter topic. */
    public Optional<Message<String, byte[]>> message(long id) {
        return jdbc.sql("select message_key, value, headers, made_at from messaging_dead_letter where id = ?")
                .param(id)
                .query(Rows::message)
                .optional();
    }

    /** The actions on it, in order. */
    public List<DeadLetterAction> history(long id) {
        return jdbc.sql(
                        "select at, who, action, job from messaging_dead_letter_action where dead_letter = ? order by id")
                .param(id)
                .query(Rows::action)
                .list();
    }
}

package io.orderflow.messaging.deadletters;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Limits how long the contents of dead letters are stored, for topics whose messages are personal data. A dead letter that has awaited
 * an operator for longer is discarded, and the value of resolved ones is erased. The record of the failure stays until {@link
 * DeadLetterCleanup} deletes it. Dead letters of other topics await an operator without limit.
 */
public final class DeadLetterExpiry implements Runnable {

    /** The operator in their history. */
    public static final String WHO = "retention";

    private static final Logger log = LoggerFactory.getLogger(DeadLetterExpiry.class);
    private static final int BATCH = 500;

    private static final String WAITING = """
            select id from messaging_dead_letter
            where topic = ? and state = 'WAITING' and last_failure < now() - ? * interval '1 second' order by id limit ?
            """;
    private static final String ERASE = """
            update messaging_dead_letter set value = null where id in (
                select id from messaging_dead_letter
                where topic = :topic and value is not null
                and (state = 'DISCARDED' and last_failure < now() - :after * interval '1 second'
                     or state = 'REDRIVEN' and changed_at < now() - :after * interval '1 second')
                limit :limit for update skip locked)
            """;

    private final JdbcClient jdbc;
    private final Redriving redriving;
    private final Map<String, Duration> eraseAfter;

    /** @param eraseAfter by topic, how long after its last failure a message's content is stored */
    public DeadLetterExpiry(DataSource dataSource, Redriving redriving, Map<String, Duration> eraseAfter) {
        this.jdbc = JdbcClient.create(dataSource);
        this.redriving = redriving;
        this.eraseAfter = Map.copyOf(eraseAfter);
    }

    @Override
    public void run() {
        eraseAfter.forEach(this::expire);
    }

    private void expire(String topic, Duration after) {
        int discarded = 0;
        List<Long> some;
        do {
            some = jdbc.sql(WAITING)
                    .params(topic, after.toSeconds(), BATCH)
                    .query(Long.class)
                    .list();
            for (long id : some) {
                redriving.discard(id, WHO);
            }
            discarded += some.size();
        } while (some.size() == BATCH);
        int erased = 0;
        int step;
        do {
            step = jdbc.sql(ERASE)
                    .param("topic", topic)
                    .param("after", after.toSeconds())
                    .param("limit", BATCH)
                    .update();
            erased += step;
        } while (step == BATCH);
        if (erased > 0) {
            log.warn(
                    "The contents of {} dead letter(s) of topic {} are erased, after {} (messaging.dead-letters.erase-after)."
                            + " {} of them still awaited an operator and are discarded.",
                    erased,
                    topic,
                    after,
                    discarded);
        }
    }
}

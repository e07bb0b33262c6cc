package io.orderflow.messaging.deadletters;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Which job this instance works on, leased by the database's clock. A job whose worker has not renewed its lease is
 * taken over; the epoch keeps the late one from doing anything to it.
 */
final class RedriveLease {

    static final Duration LENGTH = Duration.ofSeconds(15);

    private static final String CLAIM = """
            update messaging_redrive
            set owner = :owner, epoch = epoch + 1, lease_until = now() + :millis * interval '1 millisecond'
            where id = (select id from messaging_redrive where state = 'RUNNING' and lease_until < now()
                        order by started_at limit 1 for update skip locked)
            returning *, 0 as failed_again
            """;
    private static final String RENEW = """
            update messaging_redrive set lease_until = now() + ? * interval '1 millisecond'
            where id = ? and epoch = ? and state = 'RUNNING' returning last_id, up_to
            """;
    private static final String RELEASE =
            "update messaging_redrive set owner = null, lease_until = '-infinity' where id = ? and epoch = ?";

    /** A job that is worked on here. */
    record Held(RedriveJob job, long epoch) {}

    /** The ids that are still to be looked at: above the last one, up to the other. */
    record Rest(long lastId, long upTo) {}

    private final JdbcClient jdbc;
    private final UUID owner = UUID.randomUUID();

    RedriveLease(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Takes a job that nobody works on. */
    Optional<Held> claim() {
        return jdbc.sql(CLAIM)
                .param("owner", owner)
                .param("millis", LENGTH.toMillis())
                .query((row, number) -> new Held(RedriveJobs.job(row, number), row.getLong("epoch")))
                .optional();
    }

    /** Keeps it, for the transaction at hand and a while longer; empty if it is over or another's. */
    Optional<Rest> renew(Held held) {
        List<Rest> rest = jdbc.sql(RENEW)
                .params(LENGTH.toMillis(), held.job().id(), held.epoch())
                .query(Rest.class)
                .list();
        return rest.stream().findFirst();
    }

    void release(Held held) {
        jdbc.sql(RELEASE).params(held.job().id(), held.epoch()).update();
    }
}

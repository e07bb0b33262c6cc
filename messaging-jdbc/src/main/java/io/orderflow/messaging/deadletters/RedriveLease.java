package io.orderflow.messaging.deadletters;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The job that this instance works on, leased by the database's clock. A job whose lease has expired is acquired by another worker;
 * the epoch fences off the former one.
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
            where id = ? and epoch = ? and state = 'RUNNING' returning last_id, up_to, redriven + refused as done
            """;
    private static final String RELEASE =
            "update messaging_redrive set owner = null, lease_until = '-infinity' where id = ? and epoch = ?";

    /** A job that is leased to this instance. */
    record Leased(RedriveJob job, long epoch) {}

    /**
     * The ids that are left: above {@code lastId}, up to {@code upTo}.
     *
     * @param done how many dead letters the job has redriven or refused
     */
    record Rest(long lastId, long upTo, int done) {}

    private final JdbcClient jdbc;
    private final UUID owner = UUID.randomUUID();

    RedriveLease(DataSource dataSource) {
        this.jdbc = JdbcClient.create(dataSource);
    }

    /** Leases a running job without a valid lease. */
    Optional<Leased> claim() {
        return jdbc.sql(CLAIM)
                .param("owner", owner)
                .param("millis", LENGTH.toMillis())
                .query((row, number) -> new Leased(RedriveJobs.job(row, number), row.getLong("epoch")))
                .optional();
    }

    /** Renews the lease; empty if the job has ended or is leased to another instance. */
    Optional<Rest> renew(Leased leased) {
        List<Rest> rest = jdbc.sql(RENEW)
                .params(LENGTH.toMillis(), leased.job().id(), leased.epoch())
                .query(Rest.class)
                .list();
        return rest.stream().findFirst();
    }

    void release(Leased leased) {
        jdbc.sql(RELEASE).params(leased.job().id(), leased.epoch()).update();
    }
}

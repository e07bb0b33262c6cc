package io.orderflow.messaging.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.outbox.OutboxRelay;
import io.orderflow.messaging.outbox.RelayOptions;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/** How relays wake each other. */
@Execution(ExecutionMode.CONCURRENT)
class RelayNotificationsTest extends RelayFixture {

    @Test
    void a_commit_notifies_other_relays_of_their_partitions_and_of_no_others() throws Exception {
        insertAnotherRelay();
        OutboxRelay relay = relay();
        await().atMost(PATIENCE).until(() -> partitionsOfEachOwner().equals(List.of(8L)));
        int mine = sql("select bit_or(1 << partition) from messaging_outbox_lease where owner is not null")
                .query(Integer.class)
                .single();
        try (Connection other = database.getConnection();
                Statement listen = other.createStatement()) {
            listen.execute("listen messaging_outbox");
            relay.committed(mine);
            relay.committed(0xFFFF);

            PGNotification[] notifications =
                    other.unwrap(PGConnection.class).getNotifications((int) PATIENCE.toMillis());
            assertThat(notifications)
                    .extracting(PGNotification::getParameter)
                    .containsExactly(Integer.toString(0xFFFF & ~mine));
        }
    }

    @Test
    void an_idle_relay_is_woken_by_a_notification() {
        insertAnotherRelay();
        RelayOptions seldom =
                RelayOptions.defaults().withLease(Duration.ofHours(3)).withLongestIdle(Duration.ofHours(1));
        track(new OutboxRelay(database, sends, seldom)).start();
        // its pauses double: until its next poll it is now at least as long as since the last one
        await().atMost(PATIENCE).until(() -> secondsSinceTheLastPoll() > 4);
        IntStream.range(0, 64).forEach(i -> add("key-" + i, Integer.toString(i)));

        sql("select pg_notify('messaging_outbox', '65535')").query().listOfRows();

        await().atMost(Duration.ofSeconds(3)).until(() -> !sends.all().isEmpty());
        assertThat(rows()).isBetween(1L, 63L);
    }

    private void insertAnotherRelay() {
        sql("insert into messaging_outbox_relay (id, until) values (gen_random_uuid(), now() + interval '1 hour')")
                .update();
    }

    private double secondsSinceTheLastPoll() {
        return sql("select coalesce(extract(epoch from clock_timestamp() - max(state_change)), 0)"
                        + " from pg_stat_activity where datname = current_database() and state = 'idle'"
                        + " and query like '%messaging_outbox w%'")
                .query(Double.class)
                .single();
    }

    private List<Long> partitionsOfEachOwner() {
        return sql("select count(*) from messaging_outbox_lease where owner is not null group by owner")
                .query(Long.class)
                .list();
    }
}

package io.orderflow.messaging.testkit.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.outbox.OutboxRelay;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** Which relay sends the rows of a partition, and what a former owner can no longer do. */
@Execution(ExecutionMode.CONCURRENT)
class RelayLeaseTest extends RelayFixture {

    @Test
    void a_relay_killed_between_confirm_and_delete_has_its_message_sent_again_with_the_same_id() throws Exception {
        RelayProcess killed = track(RelayProcess.start(url));
        add("a", "1");
        String id = killed.nextSent();
        killed.kill();
        assertThat(rows()).isOne();

        relay();

        awaitEmpty();
        assertThat(sends.all()).extracting(RecordingProducer.Sent::id).containsExactly(id);
    }

    @Test
    void a_suspended_process_loses_its_leases_and_its_late_delete_removes_nothing() throws Exception {
        RelayProcess frozen = track(RelayProcess.start(url));
        add("a", "1");
        String id = frozen.nextSent();
        frozen.freeze();
        sends.block();
        relay();
        await().atMost(PATIENCE).until(() -> sends.all().size() == 1);
        assertThat(sends.all()).extracting(RecordingProducer.Sent::id).containsExactly(id);

        frozen.thaw(); // it deletes now, and then renews a lease without partitions
        UUID successor = sql("select owner from messaging_outbox_lease where partition = 0")
                .query(UUID.class)
                .single();
        await().atMost(PATIENCE)
                .until(() -> sql("select count(*) from messaging_outbox_relay where until > now() and id <> ?")
                                .param(successor)
                                .query(Long.class)
                                .single()
                        == 1);
        assertThat(rows()).isOne();

        sends.unblock();
        awaitEmpty();
    }

    @Test
    void a_relay_whose_leases_expire_during_a_send_deletes_no_row_of_the_next_owner() {
        RecordingProducer first = new RecordingProducer();
        first.block();
        OutboxRelay frozen = track(new OutboxRelay(database, first, options()));
        frozen.start();
        add("a", "1");
        await().atMost(PATIENCE).until(() -> first.all().size() == 1);
        sql("update messaging_outbox_lease set until = '-infinity'").update(); // its lease has expired
        sql("delete from messaging_outbox_relay").update();

        sends.block();
        relay();
        await().atMost(PATIENCE).until(() -> sends.all().size() == 1);
        first.unblock();
        await().atMost(PATIENCE)
                .until(() -> sql("select count(*) from messaging_outbox_relay")
                                .query(Long.class)
                                .single()
                        == 2);
        assertThat(rows()).isOne();

        sends.unblock();
        awaitEmpty();
    }

    @Test
    void partitions_are_rebalanced_when_a_relay_starts_and_at_once_when_it_is_closed() {
        OutboxRelay first = relay();
        await().atMost(PATIENCE).until(() -> partitionsOfEachOwner().equals(List.of(16L)));
        OutboxRelay second = relay();
        await().atMost(PATIENCE).until(() -> partitionsOfEachOwner().equals(List.of(8L, 8L)));

        second.close();
        assertThat(partitionsOfEachOwner()).isEqualTo(List.of(8L));
        await().atMost(PATIENCE).until(() -> partitionsOfEachOwner().equals(List.of(16L)));

        first.close();
        assertThat(partitionsOfEachOwner()).isEmpty();
    }

    @Test
    void a_relay_can_be_closed_twice_and_started_again() {
        OutboxRelay relay = relay();
        relay.close();
        relay.close();
        assertThat(relay.isRunning()).isFalse();
        add("a", "1");
        relay.start();

        awaitEmpty();
    }

    private List<Long> partitionsOfEachOwner() {
        return sql("select count(*) from messaging_outbox_lease where owner is not null group by owner")
                .query(Long.class)
                .list();
    }
}

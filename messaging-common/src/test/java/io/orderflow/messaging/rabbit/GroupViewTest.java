package io.orderflow.messaging.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.adapter.PartitionOwners;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Simulates the broker's list of consumers per partition, with heartbeats that arrive in any order or are lost. */
class GroupViewTest {

    private static final int PARTITIONS = 6;

    private Instant now = Instant.parse("2026-11-21T07:00:00Z");
    private final Map<String, GroupView> views = new HashMap<>();
    private final List<List<String>> consumers = IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> (List<String>) new ArrayList<String>())
            .toList();

    @Test
    void the_owner_of_each_partition_becomes_its_first_consumer() {
        List.of("a", "b", "c", "d").forEach(this::join);

        settle();

        assertOwnersAreFirst();
    }

    @Test
    void a_member_that_leaves_is_replaced_at_once_and_partitions_are_shared_fairly_afterwards() {
        List.of("a", "b", "c").forEach(this::join);
        settle();
        GroupView gone = views.remove("b");
        consumers.forEach(members -> members.remove("b"));
        assertThat(consumers).as("every partition has a consumer").noneMatch(List::isEmpty);

        views.values().forEach(view -> view.receive(gone.lastHeartbeat()));
        settle();

        assertOwnersAreFirst();
    }

    @Test
    void a_member_without_heartbeats_is_removed_after_the_time_out() {
        List.of("a", "b").forEach(this::join);
        settle();
        views.remove("b");
        consumers.forEach(members -> members.remove("b"));

        now = now.plus(GroupView.MEMBER_TIMEOUT).plusMillis(1);
        settle();

        assertThat(views.get("a").partitionsToYield()).isEmpty();
        assertThat(consumers).allMatch(members -> members.equals(List.of("a")));
    }

    @Test
    void every_view_settles_whatever_heartbeats_are_lost() {
        for (long seed = 0; seed < 50; seed++) {
            views.clear();
            consumers.forEach(List::clear);
            Random random = new Random(seed);
            for (int member = 0; member < 5; member++) {
                join("member-" + member);
                for (int heartbeat = 0; heartbeat < 10; heartbeat++) {
                    GroupView sender = any(random);
                    any(random).receive(sender.heartbeat());
                    yieldPartitions(any(random));
                }
            }

            settle();

            assertOwnersAreFirst();
        }
    }

    private GroupView any(Random random) {
        return views.get(new ArrayList<>(new TreeSet<>(views.keySet())).get(random.nextInt(views.size())));
    }

    private void join(String member) {
        GroupView view = new GroupView(member, PARTITIONS, () -> now);
        views.put(member, view);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            consumers.get(partition).add(member);
            view.subscribed(partition, null);
        }
    }

    /** Every member receives every heartbeat and yields what it has to, until no view changes. */
    private void settle() {
        for (int round = 0; round < 10; round++) {
            for (GroupView sender : views.values()) {
                views.values().forEach(view -> view.receive(sender.heartbeat()));
            }
            views.values().forEach(this::yieldPartitions);
        }
        assertThat(views.values()).allMatch(view -> view.partitionsToYield().isEmpty());
    }

    private void yieldPartitions(GroupView view) {
        String member = view.heartbeat().member();
        view.partitionsToYield().forEach((partition, predecessor) -> {
            consumers.get(partition).remove(member);
            consumers.get(partition).add(member);
            view.subscribed(partition, predecessor);
        });
    }

    private void assertOwnersAreFirst() {
        List<String> owners = PartitionOwners.of(views.keySet(), PARTITIONS);
        assertThat(consumers.stream().map(members -> members.get(0)).toList()).isEqualTo(owners);
    }
}

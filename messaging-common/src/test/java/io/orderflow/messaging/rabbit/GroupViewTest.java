package io.orderflow.messaging.rabbit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Lines as the broker has them, and what members make of what they hear, in any order and with any loss. */
class GroupViewTest {

    private static final int PARTITIONS = 6;

    private Instant now = Instant.parse("2026-11-21T07:00:00Z");
    private final Map<String, GroupView> views = new HashMap<>();
    private final List<List<String>> lines = IntStream.range(0, PARTITIONS)
            .mapToObj(partition -> (List<String>) new ArrayList<String>())
            .toList();

    @Test
    void theOwnerOfEachPartitionComesToStandInFront() {
        List.of("a", "b", "c", "d").forEach(this::join);

        settle();

        assertOwnersInFront();
    }

    @Test
    void whoLeavesIsReplacedAtOnceAndTheSharesAreFairSoonAfter() {
        List.of("a", "b", "c").forEach(this::join);
        settle();
        GroupView gone = views.remove("b");
        lines.forEach(line -> line.remove("b"));
        assertThat(lines).as("somebody stands in every line").noneMatch(List::isEmpty);

        views.values().forEach(view -> view.hear(gone.farewell()));
        settle();

        assertOwnersInFront();
    }

    @Test
    void whoIsSilentIsForgotten() {
        List.of("a", "b").forEach(this::join);
        settle();
        views.remove("b");
        lines.forEach(line -> line.remove("b"));

        now = now.plus(GroupView.FORGOTTEN_AFTER).plusMillis(1);
        settle();

        assertThat(views.get("a").toStepBehind()).isEmpty();
        assertThat(lines).allMatch(line -> line.equals(List.of("a")));
    }

    @Test
    void itSettlesWhateverIsLost() {
        for (long seed = 0; seed < 50; seed++) {
            views.clear();
            lines.forEach(List::clear);
            Random random = new Random(seed);
            for (int member = 0; member < 5; member++) {
                join("member-" + member);
                for (int notice = 0; notice < 10; notice++) {
                    GroupView teller = any(random);
                    any(random).hear(teller.notice());
                    yieldPartition(any(random));
                }
            }

            settle();

            assertOwnersInFront();
        }
    }

    private GroupView any(Random random) {
        return views.get(new ArrayList<>(new TreeSet<>(views.keySet())).get(random.nextInt(views.size())));
    }

    private void join(String member) {
        GroupView view = new GroupView(member, PARTITIONS, () -> now);
        views.put(member, view);
        for (int partition = 0; partition < PARTITIONS; partition++) {
            lines.get(partition).add(member);
            view.queuedUp(partition, Map.of());
        }
    }

    /** Everybody tells everybody and does what follows, until nothing does. */
    private void settle() {
        for (int round = 0; round < 10; round++) {
            for (GroupView teller : views.values()) {
                views.values().forEach(view -> view.hear(teller.notice()));
            }
            views.values().forEach(this::yieldPartition);
        }
        assertThat(views.values()).allMatch(view -> view.toStepBehind().isEmpty());
    }

    private void yieldPartition(GroupView view) {
        String member = view.notice().member();
        for (int partition : view.toStepBehind()) {
            Map<String, Long> ahead = view.line(partition);
            lines.get(partition).remove(member);
            lines.get(partition).add(member);
            view.queuedUp(partition, ahead);
        }
    }

    private void assertOwnersInFront() {
        List<String> owners = FairShares.owners(views.keySet(), PARTITIONS);
        assertThat(lines.stream().map(line -> line.get(0)).toList()).isEqualTo(owners);
    }
}

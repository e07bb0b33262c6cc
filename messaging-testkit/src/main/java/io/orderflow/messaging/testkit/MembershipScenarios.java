package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What holds while members come, go, and come back from the dead. */
interface MembershipScenarios extends InScenario {

    Duration FROZEN_FOR = Duration.ofSeconds(8);

    @Test
    default void a_member_that_was_frozen_and_replaced_acknowledges_nothing_of_its_successors() {
        Scenario s = scenario();
        s.declare(s.group("g"));
        s.send("k", numbers(1, 10));
        var options = ConsumerOptions.defaults().withMemberTimeout(FROZEN_FOR).withPollHandling(FROZEN_FOR);
        try (DyingMember zombie = DyingMember.of(s, s.group("g"), FROZEN_FOR)) {
            zombie.pollAndFreeze(10);
            var successor = s.member(s.group("g"), options, s.topic());
            assertThat(textsOf(s.receiveAll(successor, 10))).isEqualTo(numbers(1, 10));

            zombie.wakeAndCommit();

            successor.close();
        }
        var last = s.member(s.group("g"), options, s.topic());
        assertThat(textsOf(s.receiveAll(last, 10)))
                .as("what the successor held and did not commit")
                .isEqualTo(numbers(1, 10));
    }

    @Test
    default void members_that_join_and_leave_under_load_skip_nothing() throws InterruptedException {
        Scenario s = scenario();
        s.declare(s.group("g"));
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        int all = 3_000;
        try (Senders senders = new Senders(s, s.producer(), 6, all / 6, 10);
                GroupFixture crew = new GroupFixture(s, s.group("g"), handled)) {
            crew.join();
            crew.join();
            for (int joined = 1; joined <= 4; joined++) {
                crew.awaitHandled(joined * all / 6);
                crew.join();
                crew.awaitHandled(joined * all / 6 + all / 12);
                crew.leave();
            }
            senders.awaitAll();
            crew.awaitAllOf(senders.accepted());
            if (s.traits().orderAcrossMembers()) {
                assertInOrder(handled, senders.accepted());
            }
        }
    }

    private static void assertInOrder(List<String> handled, Set<String> accepted) {
        Set<String> firsts = new LinkedHashSet<>(handled);
        accepted.stream()
                .map(text -> text.substring(0, text.indexOf(':') + 1))
                .distinct()
                .forEach(key -> assertThat(firsts.stream()
                                .filter(text -> text.startsWith(key))
                                .map(text -> Integer.parseInt(text.substring(key.length()))))
                        .as("messages of %s as they were first handled", key)
                        .isSorted());
    }
}

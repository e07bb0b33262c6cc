package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.policy.OperatorPauses.OperatorPause;
import io.orderflow.messaging.runtime.Consumers;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Guarantees while members join, leave, are killed and resume. */
interface MembershipScenarios extends InScenario {

    Duration MEMBER_TIMEOUT = Duration.ofSeconds(8);

    @Test
    default void a_suspended_and_replaced_member_cannot_commit_its_successors_messages() {
        Scenario s = scenarioWithGroup();
        s.send("k", numbers(1, 10));
        var options =
                ConsumerOptions.defaults().withMemberTimeout(MEMBER_TIMEOUT).withPollHandling(MEMBER_TIMEOUT);
        try (KilledMember suspended = KilledMember.of(s, s.group("g"), MEMBER_TIMEOUT)) {
            suspended.pollAndSuspend(10);
            var successor = s.member(s.group("g"), options, s.topic());
            assertThat(textsOf(s.receiveAll(successor, 10))).isEqualTo(numbers(1, 10));

            suspended.resumeAndCommit();

            successor.close();
        }
        var last = s.member(s.group("g"), options, s.topic());
        assertThat(textsOf(s.receiveAll(last, 10)))
                .as("messages that the successor did not commit")
                .isEqualTo(numbers(1, 10));
    }

    @Test
    default void members_that_join_and_leave_under_load_miss_nothing() throws InterruptedException {
        Scenario s = scenarioWithGroup();
        List<String> handled = Collections.synchronizedList(new ArrayList<>());
        int all = 3_000;
        try (SenderThreads senders = new SenderThreads(s, s.producer(), 6, all / 6, 10);
                GroupFixture group = new GroupFixture(s, s.group("g"), handled)) {
            group.join();
            group.join();
            for (int joined = 1; joined <= 4; joined++) {
                group.awaitHandled(joined * all / 6);
                group.join();
                group.awaitHandled(joined * all / 6 + all / 12);
                group.leave();
            }
            senders.awaitAll();
            group.awaitAllOf(senders.accepted());
            if (s.traits().orderAcrossMembers()) {
                assertInOrder(handled, senders.accepted());
            }
        }
    }

    @Test
    default void a_paused_group_keeps_its_members_and_its_messages() {
        Scenario s = scenarioWithGroup();
        List<Integer> handled = Collections.synchronizedList(new ArrayList<>());
        Consumers consumers = s.consume(EventSubscription.of(s.topic().name(), s.group("g"))
                .takingUntyped()
                .on(Integer.class, "number.v1", (number, context) -> handled.add(number)));
        s.send("k", numbers(1, 3));
        await().atMost(s.patience()).until(() -> handled.size() == 3);

        Instant now = Instant.now();
        consumers.pauses().replace(List.of(new OperatorPause(s.topic().name(), s.group("g"), "operator", now)));
        s.send("k", numbers(4, 8));
        await().atMost(s.patience())
                .until(() -> consumers.states().stream()
                        .allMatch(each -> each.lastSign().isAfter(now.plusSeconds(2))));
        assertThat(handled).containsExactly(1, 2, 3);
        if (!s.traits().locksKeys()) { // SQS knows messages in flight, not members
            assertThat(s.broker().groups().of(s.topic(), List.of(s.group("g"))))
                    .singleElement()
                    .satisfies(each -> assertThat(each.hasMembers()).isTrue());
        }

        consumers.pauses().replace(List.of());
        await().atMost(s.patience()).until(() -> handled.size() == 8);
        assertThat(handled).isEqualTo(IntStream.rangeClosed(1, 8).boxed().toList());
        assertThat(consumers.states()).allMatch(each -> each.restarts() == 0 && each.problem() == null);
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

package io.orderflow.messaging.testkit;

import static io.orderflow.messaging.testkit.Messages.numbers;
import static io.orderflow.messaging.testkit.Messages.textsOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerGroups;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.MessagingException;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** How an operator lists and removes the groups of a topic. */
interface GroupScenarios extends InScenario {

    @Test
    default void a_group_without_members_is_listed_with_its_backlog_and_can_be_removed() {
        Scenario s = scenario();
        s.declare(s.group("abandoned"), s.group("alive"));
        var abandoned = s.member(s.group("abandoned"));
        s.send("k", numbers(1, 5));
        s.receiveAll(abandoned, 5);
        abandoned.commit();
        abandoned.close();
        s.send("k", numbers(6, 10));
        var alive = s.member(s.group("alive"));
        assertThat(textsOf(s.receiveAll(alive, 10))).isEqualTo(numbers(1, 10));

        await().untilAsserted(() -> {
            assertThat(find(s, "abandoned"))
                    .hasValueSatisfying(group -> assertThat(group.messages()).isEqualTo(5))
                    .hasValueSatisfying(group -> assertThat(group.hasMembers()).isFalse());
            assertThat(find(s, "alive").map(GroupBacklog::hasMembers)).hasValue(true);
        });
        s.broker().groups().remove(s.topic(), s.group("abandoned"));

        assertThat(find(s, "abandoned")).isEmpty();
        alive.commit();
        s.send("k", numbers(11, 12));
        assertThat(textsOf(s.receiveAll(alive, 2))).isEqualTo(numbers(11, 12));
    }

    @Test
    default void a_group_with_members_is_not_removed() {
        Scenario s = scenarioWithGroup();
        ConsumerGroups groups = s.broker().groups();
        s.send("k", numbers(1, 2));
        var member = s.member(s.group("g"));
        assertThat(textsOf(s.receiveAll(member, 2))).isEqualTo(numbers(1, 2));
        await().until(() -> find(s, "g").map(GroupBacklog::hasMembers).orElse(false));

        assertThatThrownBy(() -> groups.remove(s.topic(), s.group("g")))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining(s.group("g"));
        member.commit();
        s.send("k", numbers(3, 3));
        assertThat(textsOf(s.receiveAll(member, 1))).isEqualTo(numbers(3, 3));
    }

    private static Optional<GroupBacklog> find(Scenario s, String group) {
        List<String> names = List.of(s.group("abandoned"), s.group("alive"), s.group("g"));
        return s.broker().groups().of(s.topic(), names).stream()
                .filter(each -> each.group().equals(s.group(group)))
                .findFirst();
    }
}

package io.orderflow.messaging.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What the conformance suite does not cover, because it is not promised by every broker. */
class MemoryBrokerTest {

    private Instant now = Instant.parse("2026-11-21T00:00:00Z");
    private final InstantSource clock = () -> now;
    private final MemoryBroker broker = new MemoryBroker(clock, 100);
    private Topic topic = Topic.named("t");

    @Test
    void a_member_that_neither_polls_nor_commits_is_removed_from_its_group() {
        send("1", "2");
        MessageConsumer<String, byte[]> silent = member();
        assertThat(poll(silent)).containsExactly("1", "2");
        MessageConsumer<String, byte[]> other = member();

        now = now.plus(Duration.ofMinutes(5));
        assertThat(poll(other)).isEmpty();
        now = now.plusMillis(1);
        assertThat(poll(other)).containsExactly("1", "2");

        assertThatThrownBy(silent::commit)
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("was removed from its group");
        silent.close();
        other.commit();
        assertThat(poll(other)).isEmpty();
    }

    @Test
    void a_commit_keeps_a_member_in_its_group() {
        send("1");
        MessageConsumer<String, byte[]> slow = member();
        poll(slow);
        now = now.plus(Duration.ofMinutes(4));
        slow.commit();
        now = now.plus(Duration.ofMinutes(4));
        poll(member());

        assertThat(poll(slow)).isEmpty();
    }

    @Test
    void a_new_group_starts_at_the_first_message() {
        send("1", "2");
        broker.declare(Topic.named("t"));
        broker.declare(Topic.named("t"), "g");
        send("3");
        broker.declare(Topic.named("t"), "late");

        assertThat(poll(member("g"))).containsExactly("1", "2", "3");
        assertThat(poll(member("late"))).containsExactly("1", "2", "3");
    }

    @Test
    void a_stored_message_cannot_be_changed() {
        broker.declare(Topic.named("t"), "g", "other");
        byte[] payload = {1};
        broker.producer().send(topic, new Message<>("k", payload, Map.of(), now));
        payload[0] = 2;
        member("g").poll(Duration.ZERO).get(0).message().value()[0] = 3;

        assertThat(member("other").poll(Duration.ZERO).get(0).message().value()).containsExactly(1);
    }

    @Test
    void a_member_subscribes_once_before_its_first_poll() {
        MessageConsumer<String, byte[]> member = broker.consumer("g", ConsumerOptions.defaults());
        assertThatThrownBy(() -> member.poll(Duration.ZERO)).isInstanceOf(IllegalStateException.class);
        member.subscribe(List.of(topic));
        assertThatThrownBy(() -> member.subscribe(List.of(topic))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void a_partition_is_owned_by_the_member_with_uncommitted_messages_of_it() {
        MessageConsumer<String, byte[]> first = member();
        MessageConsumer<String, byte[]> second = member();
        send("1");
        assertThat(poll(first)).containsExactly("1");
        send("2");
        assertThat(poll(second)).isEmpty();

        first.commit();
        assertThat(poll(second)).containsExactly("2");
        send("3");
        assertThat(poll(first)).isEmpty();

        second.close();
        assertThat(poll(first)).containsExactly("2", "3");
    }

    @Test
    void members_of_a_work_queue_compete_for_messages_of_one_key() {
        topic = topic.asWorkQueue();
        broker.declare(topic, "g");
        MessageConsumer<String, byte[]> first = member();
        MessageConsumer<String, byte[]> second = member();
        send("1");
        assertThat(poll(first)).containsExactly("1");
        send("2");
        assertThat(poll(second)).containsExactly("2");
    }

    @Test
    void a_topic_stays_what_it_was_declared() {
        broker.declare(Topic.named("t").withPartitions(3), "g");
        broker.declare(Topic.named("t").withPartitions(3), "g");
        assertThatThrownBy(() -> broker.declare(Topic.named("t").withPartitions(4)))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("'t' has 3 keyed partitions")
                .hasMessageContaining("4 keyed partitions");
        assertThatThrownBy(
                        () -> broker.declare(Topic.named("t").withPartitions(3).asWorkQueue()))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("work queue");
    }

    private void send(String... texts) {
        for (String text : texts) {
            broker.producer().send(topic, new Message<>("k", text.getBytes(), Map.of(), now));
        }
    }

    private MessageConsumer<String, byte[]> member() {
        return member("g");
    }

    private MessageConsumer<String, byte[]> member(String group) {
        MessageConsumer<String, byte[]> member = broker.consumer(group, ConsumerOptions.defaults());
        member.subscribe(List.of(topic));
        return member;
    }

    private static List<String> poll(MessageConsumer<String, byte[]> member) {
        return member.poll(Duration.ZERO).stream()
                .map(Delivery::message)
                .map(message -> new String(message.value()))
                .toList();
    }
}

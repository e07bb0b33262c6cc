package io.orderflow.messaging.brokers;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.GroupBacklog;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.StartPosition;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.memory.MemoryBroker;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Two brokers in memory. Nothing here waits, except for what must not come. */
class DrainingConsumerTest {

    private static final Duration SOON = Duration.ofMillis(20);
    private static final Topic ORDERS = Topic.named("orders").withPartitions(1);
    private static final Topic TASKS = Topic.named("tasks").asWorkQueue();

    private final MemoryBroker old = new MemoryBroker();
    private final MemoryBroker next = new MemoryBroker();
    private final Route route = new Route(next, old);

    @Test
    void what_was_sent_to_the_old_broker_is_returned_first_although_the_next_one_has_messages() {
        send(old, ORDERS, "1", "2");
        send(next, ORDERS, "3", "4");

        try (var member = member(ORDERS)) {
            assertThat(drain(member)).containsExactly("1", "2", "3", "4");
        }
        assertThat(backlog(old)).isZero();
        assertThat(backlog(next)).isZero();
    }

    @Test
    void what_is_still_sent_to_the_old_broker_is_returned_before_what_was_sent_to_the_next_one_after_it() {
        try (var member = member(ORDERS)) {
            send(next, ORDERS, "1");
            assertThat(drain(member)).containsExactly("1");
            send(old, ORDERS, "2");
            send(next, ORDERS, "3");
            assertThat(drain(member)).containsExactly("2", "3");
        }
    }

    @Test
    void a_message_that_another_member_has_not_committed_holds_back_the_next_broker() {
        try (var slow = old.consumer("stock", ConsumerOptions.defaults());
                var member = member(ORDERS)) {
            slow.subscribe(List.of(ORDERS));
            send(old, ORDERS, "1");
            assertThat(texts(slow.poll(SOON))).containsExactly("1");
            send(next, ORDERS, "2");
            assertThat(drain(member)).isEmpty();

            slow.commit();

            assertThat(drain(member)).containsExactly("2");
        }
    }

    @Test
    void what_was_returned_and_not_committed_is_returned_again_by_either_broker() {
        send(old, ORDERS, "1");
        send(next, ORDERS, "2");
        try (var member = member(ORDERS)) {
            assertThat(texts(member.poll(SOON))).containsExactly("1");
        }
        try (var member = member(ORDERS)) {
            assertThat(texts(member.poll(SOON))).containsExactly("1");
            member.commit();
            List<String> uncommitted = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                uncommitted.addAll(texts(member.poll(SOON)));
            }
            assertThat(uncommitted).containsExactly("2");
        }
        try (var member = member(ORDERS)) {
            assertThat(drain(member)).containsExactly("2");
        }
    }

    @Test
    void where_messages_in_flight_do_not_count_the_next_broker_waits_until_all_members_have_left_the_group() {
        AtomicReference<GroupBacklog> reported = new AtomicReference<>(new GroupBacklog("stock", 0, true, false));
        try (var member = new DrainingConsumer(
                () -> old.consumer("stock", ConsumerOptions.defaults()),
                next.consumer("stock", ConsumerOptions.defaults()),
                reported::get)) {
            member.subscribe(List.of(ORDERS));
            send(next, ORDERS, "2");
            assertThat(drain(member)).isEmpty();
            assertThat(hasMembers(old)).isFalse();

            send(old, ORDERS, "1");
            reported.set(new GroupBacklog("stock", 1, false, false));
            assertThat(drain(member)).containsExactly("1");

            reported.set(new GroupBacklog("stock", 0, true, false));
            assertThat(drain(member)).isEmpty();
            reported.set(new GroupBacklog("stock", 0, false, false));
            assertThat(drain(member)).containsExactly("2");
        }
    }

    @Test
    void a_work_queue_is_read_from_both_without_waiting() {
        try (var slow = old.consumer("stock", ConsumerOptions.defaults());
                var member = member(TASKS)) {
            slow.subscribe(List.of(TASKS));
            send(old, TASKS, "1");
            assertThat(texts(slow.poll(SOON))).containsExactly("1");
            send(next, TASKS, "2");
            assertThat(drain(member)).containsExactly("2");
        }
    }

    @Test
    void broadcasts_are_received_from_both() {
        Topic prices = Topic.named("prices").asBroadcast();
        try (MessageConsumer<String, byte[]> receiver = route.broadcastConsumer(ConsumerOptions.defaults())) {
            receiver.subscribe(List.of(prices));
            send(old, prices, "1");
            send(next, prices, "2");
            assertThat(drain(receiver)).containsExactly("1", "2");
        }
    }

    private MessageConsumer<String, byte[]> member(Topic topic) {
        MessageConsumer<String, byte[]> member =
                route.consumer(topic, "stock", ConsumerOptions.defaults().withStart(StartPosition.EARLIEST));
        member.subscribe(List.of(topic));
        return member;
    }

    /** Polls and commits until a few polls have returned nothing. */
    private static List<String> drain(MessageConsumer<String, byte[]> member) {
        List<String> read = new ArrayList<>();
        for (int empty = 0; empty < 4; empty++) {
            List<String> some = texts(member.poll(SOON));
            if (!some.isEmpty()) {
                read.addAll(some);
                member.commit();
                empty = 0;
            }
        }
        return read;
    }

    private static List<String> texts(List<Delivery<String, byte[]>> deliveries) {
        return deliveries.stream()
                .map(each -> new String(each.message().value(), StandardCharsets.UTF_8))
                .toList();
    }

    private static void send(MemoryBroker broker, Topic topic, String... texts) {
        try (MessageProducer<String, byte[]> producer = broker.producer()) {
            broker.declare(topic);
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                producer.send(topic, new Message<>("key", bytes, Map.of(), Instant.EPOCH));
            }
        }
    }

    private static long backlog(MemoryBroker broker) {
        return broker.groups().of(ORDERS, List.of("stock")).get(0).messages();
    }

    private static boolean hasMembers(MemoryBroker broker) {
        return broker.groups().of(ORDERS, List.of("stock")).get(0).hasMembers();
    }
}

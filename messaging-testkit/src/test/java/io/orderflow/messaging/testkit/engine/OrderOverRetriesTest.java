package io.orderflow.messaging.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.RetryOrder;
import io.orderflow.messaging.handling.UnitOfWork;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.ordering.BlockedKeys;
import io.orderflow.messaging.outbox.JdbcOutbox;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.jdbc.support.JdbcTransactionManager;

/** What waits behind a message that failed, and when it is let go. */
class OrderOverRetriesTest {

    static final class Poison extends RuntimeException {
        Poison(String key) {
            super(key + " is poison");
        }
    }

    private final Handled handled = Handled.inFreshDatabase();
    private final MessageBroker broker = new MemoryBroker();
    private final Deque<AutoCloseable> opened = new ArrayDeque<>();

    /** Messages, as key-number, that fail as long as they are in here; and those that are given up at once. */
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    private final Set<String> poison = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
        handled.close();
    }

    @ParameterizedTest
    @EnumSource
    void followers_wait_behind_a_failed_message_while_other_keys_go_on(UnitOfWork unit) {
        failing.add("a-0");
        start(subscription().keepingOrder().unitOfWork(unit));
        send("a", 0, 1, 2);
        send("b", 0, 1, 2);
        send("a", 3);

        await().untilAsserted(() -> assertThat(handled.of("b")).containsExactly(0, 1, 2));
        await().untilAsserted(() -> assertThat(handled.parked()).isEqualTo(4));
        assertThat(handled.of("a")).isEmpty();

        failing.clear();
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(0, 1, 2, 3));
        await().untilAsserted(() -> assertThat(handled.keysHeld()).isZero());
    }

    @Test
    void a_follower_that_fails_in_its_turn_holds_up_those_behind_it() {
        failing.addAll(List.of("a-0", "a-2"));
        start(subscription().keepingOrder());
        send("a", 0, 1, 2, 3);
        await().untilAsserted(() -> assertThat(handled.parked()).isEqualTo(4));

        failing.remove("a-0");
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(0, 1));
        await().untilAsserted(() -> assertThat(handled.parked()).isEqualTo(2));

        failing.clear();
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(0, 1, 2, 3));
    }

    @ParameterizedTest
    @EnumSource
    void a_key_waits_behind_its_dead_letter_until_that_is_redriven_and_then_goes_on_in_order(UnitOfWork unit) {
        poison.add("a-0");
        start(subscription().keepingOrder().unitOfWork(unit));
        send("a", 0, 1, 2);
        send("b", 0);

        List<Delivery<String, byte[]>> letters = deadLetters();
        await().untilAsserted(() -> assertThat(handled.parked()).isEqualTo(3));
        await().untilAsserted(() -> assertThat(handled.of("b")).containsExactly(0));
        assertThat(handled.of("a")).isEmpty();

        poison.clear();
        broker.producer().send("counts.test.retry", letters.get(0).message());
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(0, 1, 2));
        await().untilAsserted(() -> assertThat(handled.keysHeld()).isZero());
    }

    @Test
    void a_key_is_let_go_when_its_dead_letter_is_discarded() {
        poison.add("a-0");
        start(subscription().keepingOrder());
        send("a", 0, 1, 2);
        deadLetters();
        await().untilAsserted(() -> assertThat(handled.parked()).isEqualTo(3));

        assertThat(discarded(1))
                .as("only the dead letter itself lets its key go")
                .isFalse();
        assertThat(discarded(0)).isTrue();
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(1, 2));
        await().untilAsserted(() -> assertThat(handled.keysHeld()).isZero());
    }

    @Test
    void followers_go_on_without_a_dead_letter_where_that_was_chosen() {
        poison.addAll(List.of("a-0", "a-2"));
        failing.add("a-1");
        start(subscription().retryOrder(RetryOrder.KEPT_UNTIL_GIVEN_UP));
        send("a", 0, 1, 2, 3);
        await().untilAsserted(() -> assertThat(handled.parked()).isEqualTo(3));

        failing.clear();
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(1, 3));
        await().untilAsserted(() -> assertThat(handled.keysHeld()).isZero());
    }

    @Test
    void a_redriven_dead_letter_that_fails_again_is_a_dead_letter_again_and_still_holds_its_key() {
        poison.add("a-0");
        start(subscription().keepingOrder());
        send("a", 0, 1);
        Message<String, byte[]> letter = deadLetters().get(0).message();
        broker.producer().send("counts.test.retry", letter);

        assertThat(deadLetters()).hasSize(1);
        assertThat(handled.of("a")).isEmpty();
        poison.clear();
        broker.producer().send("counts.test.retry", letter);
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(0, 1));
    }

    @Test
    void duplicates_of_parked_messages_are_not_parked_twice() {
        failing.add("a-0");
        start(subscription().keepingOrder());
        send("a", 0, 1, 1, 0, 2, 1);
        await().untilAsserted(() -> assertThat(handled.parked()).isEqualTo(3));
        failing.clear();
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(0, 1, 2));
    }

    @Test
    void messages_without_a_key_have_no_order_and_wait_for_nobody() {
        failing.add("null-0");
        start(subscription().keepingOrder());
        send(null, 0, 1, 2);
        await().untilAsserted(() -> assertThat(handled.of("null")).containsExactly(1, 2));
        assertThat(handled.parked()).isZero();
    }

    @Test
    void what_an_instance_has_parked_another_one_handles() throws Exception {
        failing.add("a-0");
        Instance first =
                Instance.start(broker, handled.database(), subscription().keepingOrder());
        send("a", 0, 1);
        await().untilAsserted(() -> assertThat(handled.parked()).isEqualTo(2));
        first.close();
        send("a", 2);

        failing.clear();
        start(subscription().keepingOrder());
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(0, 1, 2));
    }

    /** Found by {@link OrderUnderFailuresTest}: the rest of the poll was handled in one transaction, and overtook it. */
    @ParameterizedTest
    @EnumSource
    void one_that_is_handled_alone_after_a_crash_and_fails_is_not_overtaken_by_the_rest_of_its_poll(UnitOfWork unit) {
        handled.jdbc()
                .sql("insert into messaging_handled_alone (consumer_group, topic, message_id, id_hash, begun_by)"
                        + " values ('test', 'counts', 'a-0', ?, array[gen_random_uuid()])")
                .param("a-0".hashCode())
                .update();
        failing.add("a-0");
        send("a", 0, 1, 2);
        start(subscription().keepingOrder().unitOfWork(unit));
        await().untilAsserted(() -> assertThat(handled.parked()).isEqualTo(3));
        failing.clear();
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(0, 1, 2));
    }

    private boolean discarded(int number) {
        return new BlockedKeys(
                        handled.database(),
                        new JdbcTransactionManager(handled.database()),
                        new JdbcOutbox(handled.database(), partitions -> {}))
                .discarded(
                        "test",
                        "counts",
                        new MessageId("", "a-" + number),
                        ContentDigest.of(Counted.message("a", number)));
    }

    private EventSubscription subscription() {
        return EventSubscription.of("counts", "test")
                .on(Counted.class, "counted.v1", (counted, context) -> {
                    String name = counted.key() + "-" + counted.number();
                    if (poison.contains(name)) {
                        throw new Poison(name);
                    }
                    if (failing.contains(name)) {
                        throw new IllegalStateException(name + " fails for now");
                    }
                    handled.note(counted.key(), counted.number());
                })
                .retrying(RetryPolicy.defaults()
                        .maxAttempts(1_000_000)
                        .pausing(Duration.ofMillis(1), Duration.ofMillis(20))
                        .givingUpOn(Poison.class));
    }

    private void start(EventSubscription subscription) {
        broker.declare(Topic.named("counts.test.dlq"), "dead-letters");
        opened.push(Instance.start(broker, handled.database(), subscription));
    }

    private void send(@Nullable String key, int... numbers) {
        broker.declare(Topic.named("counts"), "test");
        IntStream.of(numbers).forEach(number -> broker.producer().send("counts", Counted.message(key, number)));
    }

    private List<Delivery<String, byte[]>> deadLetters() {
        List<Delivery<String, byte[]>> letters = new ArrayList<>();
        try (MessageConsumer<String, byte[]> people = broker.consumer("dead-letters", ConsumerOptions.defaults())) {
            people.subscribe(List.of("counts.test.dlq"));
            letters.addAll(people.poll(Duration.ofSeconds(10)));
            people.commit();
        }
        return letters;
    }
}

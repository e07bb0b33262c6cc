package io.orderflow.messaging.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Which messages are one message: those of a group and topic that have one source, one id and one content. */
class IdentityTest {

    private final Handled handled = Handled.inFreshDatabase();
    private final MessageBroker broker = new MemoryBroker();
    private final Deque<Instance> opened = new ArrayDeque<>();

    /** Keys of messages that fail as long as they are in here. */
    private final Set<String> failing = ConcurrentHashMap.newKeySet();

    @AfterEach
    void close() {
        opened.forEach(Instance::close);
        handled.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGE", "POLL"})
    void two_sources_that_count_alike_are_not_confused(UnitOfWork unit) {
        send("orders", message("a", 1, "1", "/one"), message("b", 1, "1", "/two"), message("c", 1, "1", null));
        start("orders", unit);

        await().untilAsserted(() -> assertThat(handled.total()).isEqualTo(3));
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGE", "POLL"})
    void one_id_on_two_topics_of_a_group_is_two_messages(UnitOfWork unit) {
        send("orders", message("a", 1, "1", "/one"));
        send("returns", message("b", 1, "1", "/one"));
        start("orders", unit);
        start("returns", unit);

        await().untilAsserted(() -> assertThat(handled.total()).isEqualTo(2));
    }

    @ParameterizedTest
    @EnumSource(names = {"MESSAGE", "POLL"})
    void an_id_that_comes_with_another_content_is_dead_lettered_and_counted(UnitOfWork unit) {
        send("orders", message("a", 1, "1", "/one"), message("a", 2, "1", "/one"), message("a", 1, "1", "/one"));
        start("orders", unit);
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(1));
        send("orders", message("b", 1, "1", "/one"), message("a", 1, "1", "/one"), message("c", 1, "2", "/one"));

        await().untilAsserted(() -> assertThat(handled.of("c")).containsExactly(1));
        assertThat(deadLetters("orders", 2))
                .extracting(Message::key, Message::value)
                .usingRecursiveFieldByFieldElementComparator()
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                "a", Counted.message("a", 2).value()),
                        org.assertj.core.groups.Tuple.tuple(
                                "b", Counted.message("b", 1).value()));
        assertThat(handled.total()).isEqualTo(2);
        assertThat(opened.peek().count("messaging.inbox.id.reused")).isEqualTo(2);
        assertThat(opened.peek().count("messaging.inbox.duplicates")).isEqualTo(2);
    }

    @Test
    void a_retry_is_the_same_message() {
        failing.add("a");
        Message<String, byte[]> message = message("a", 1, "1", "/one");
        send("orders", message);
        start("orders", UnitOfWork.MESSAGE);
        await().untilAsserted(() -> assertThat(retries("orders")).isEqualTo(1));

        failing.clear();
        send("orders.test.retry", message.withHeader(Headers.ATTEMPTS, "1"));
        await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(1));
        send("orders", message, message("b", 1, "2", "/one"));
        await().untilAsserted(() -> assertThat(handled.of("b")).containsExactly(1));
        assertThat(handled.of("a")).containsExactly(1);
    }

    private void start(String topic, UnitOfWork unit) {
        opened.push(
                Instance.start(broker, handled.database(), subscription(topic).unitOfWork(unit)));
    }

    private EventSubscription subscription(String topic) {
        return EventSubscription.of(topic, "test")
                .on(Counted.class, "counted.v1", (counted, context) -> {
                    if (failing.contains(counted.key())) {
                        throw new IllegalStateException(counted.key() + " fails for now");
                    }
                    handled.note(counted.key(), counted.number());
                })
                .retrying(
                        RetryPolicy.defaults().maxAttempts(1_000).pausing(Duration.ofMillis(1), Duration.ofMillis(20)));
    }

    private static Message<String, byte[]> message(String key, int number, String id, String source) {
        Message<String, byte[]> message = Counted.message(key, number).withHeader(Headers.ID, id);
        return source == null ? message : message.withHeaders(Map.of(Headers.SOURCE, source));
    }

    @SafeVarargs
    private void send(String topic, Message<String, byte[]>... messages) {
        broker.declare(Topic.named(topic), "test");
        broker.declare(Topic.named(topic + ".test.dlq"), "dead-letters");
        broker.producer().sendBatch(Topic.named(topic), List.of(messages));
    }

    /** Retries wait in the outbox, which nobody sends here. */
    private long retries(String topic) {
        return handled.jdbc()
                .sql("select count(*) from messaging_outbox where topic = ?")
                .param(topic + ".test.retry")
                .query(Long.class)
                .single();
    }

    private List<Message<String, byte[]>> deadLetters(String topic, int number) {
        List<Message<String, byte[]>> letters = new ArrayList<>();
        try (MessageConsumer<String, byte[]> people = broker.consumer("dead-letters", ConsumerOptions.defaults())) {
            people.subscribe(List.of(Topic.named(topic + ".test.dlq")));
            await().until(() -> {
                people.poll(Duration.ofMillis(100)).stream()
                        .map(Delivery::message)
                        .forEach(letters::add);
                return letters.size() >= number;
            });
        }
        return letters;
    }
}

package io.orderflow.messaging.testkit.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.ContentDigest;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.EventContext;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.RetryOrder;
import io.orderflow.messaging.handling.UnitOfWork;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.policy.RetryPolicy;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A blocked key while its first message is handled, while an operator decides, and after its subscription has changed. */
class BlockedKeysTest {

    private static final String DEAD_LETTERS = "counts.test.dlq";

    static final class Poison extends RuntimeException {
        Poison(String name) {
            super(name + " is poison");
        }
    }

    private interface Counting {
        void count(Counted counted, EventContext context) throws Exception;
    }

    private final Handled handled = Handled.inFreshDatabase();
    private final MemoryBroker memory = new MemoryBroker();

    /** At which attempt a message, as key-number, is given up; before that it fails. */
    private final Map<String, Integer> poison = new ConcurrentHashMap<>();

    @AfterEach
    void close() {
        handled.close();
    }

    @Test
    void no_transaction_is_open_while_a_parked_message_is_handled() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        EventSubscription waiting = subscription((counted, context) -> {
                    failUntil(2, counted, context);
                    begun.countDown();
                    goOn.await();
                    handled.note(counted.key(), counted.number());
                })
                .keepingOrder()
                .unitOfWork(UnitOfWork.SELF_MANAGED);
        try (Instance instance = start(memory, handled, waiting)) {
            send("a", 0);
            assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
            await().untilAsserted(() -> assertThat(openTransactions()).isZero());
            goOn.countDown();
            await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(0));
            await().untilAsserted(() -> assertThat(handled.keysHeld()).isZero());
        }
    }

    /** The server ends transactions that idle for longer than a handler may take less: as in production, 60 s of 60 s. */
    @Test
    void a_handler_that_times_out_every_time_is_dead_lettered_and_starves_no_other_key() {
        EventSubscription hanging = subscription((counted, context) -> {
                    if (counted.key().equals("a")) {
                        new CountDownLatch(1).await();
                    }
                    failUntil(2, counted, context);
                    handled.note(counted.key(), counted.number());
                })
                .keepingOrder()
                .unitOfWork(UnitOfWork.SELF_MANAGED)
                .retrying(policy().within(Duration.ofMillis(600)).maxAttempts(3));
        try (Handled impatient = Handled.in(handled.url() + "&options=-c%20idle_in_transaction_session_timeout=300");
                Instance instance = start(memory, impatient, hanging)) {
            send("a", 0);
            send("b", 0, 1);
            await().untilAsserted(() -> assertThat(handled.of("b")).containsExactly(0, 1));
            assertThat(deadLetters())
                    .singleElement()
                    .satisfies(letter -> assertThat(letter.message().header(Headers.ATTEMPTS))
                            .isEqualTo("3"));
        }
    }

    /** Whether a message is given up at once, or when it has been parked: its key is blocked before anybody can decide. */
    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void an_operator_who_discards_a_dead_letter_as_soon_as_it_is_sent_is_never_too_early(int attempt) {
        poison.put("a-0", attempt);
        AtomicReference<Instance> instance = new AtomicReference<>();
        MessageBroker watched = new WatchedBroker(memory, topic -> {
            if (topic.equals(DEAD_LETTERS)) {
                instance.get()
                        .blockedKeys()
                        .discarded(
                                "test", "counts", new MessageId("", "a-0"), ContentDigest.of(Counted.message("a", 0)));
            }
        });
        instance.set(start(watched, handled, subscription(this::note).keepingOrder()));
        try (Instance running = instance.get()) {
            send("a", 0, 1, 2);
            await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(1, 2));
            await().untilAsserted(() -> assertThat(handled.keysHeld()).isZero());
        }
    }

    @Test
    void a_redriven_message_that_was_given_up_when_it_was_parked_is_handled_where_its_key_goes_on_without_it() {
        poison.put("a-0", 2);
        EventSubscription goingOn = subscription(this::note).retryOrder(RetryOrder.KEPT_UNTIL_GIVEN_UP);
        try (Instance instance = start(memory, handled, goingOn)) {
            send("a", 0, 1);
            Delivery<String, byte[]> letter = deadLetters().get(0);
            await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(1));
            await().untilAsserted(() -> assertThat(handled.keysHeld()).isZero());

            poison.clear();
            memory.producer().send("counts.test.retry", letter.message());
            await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(1, 0));
        }
    }

    @Test
    void what_was_parked_is_handled_in_its_order_after_keeping_order_was_switched_off() {
        poison.put("a-0", 1_000);
        try (Instance keeping = start(memory, handled, subscription(this::note).keepingOrder())) {
            send("a", 0, 1, 2);
            await().untilAsserted(() -> assertThat(handled.parked()).isEqualTo(3));
        }
        poison.clear();
        try (Instance notAnyMore = start(memory, handled, subscription(this::note))) {
            await().untilAsserted(() -> assertThat(handled.of("a")).containsExactly(0, 1, 2));
            await().untilAsserted(() -> assertThat(handled.keysHeld()).isZero());
        }
    }

    private void note(Counted counted, EventContext context) {
        String name = counted.key() + "-" + counted.number();
        Integer givenUpAt = poison.get(name);
        if (givenUpAt != null && context.attempt() >= givenUpAt) {
            throw new Poison(name);
        }
        if (givenUpAt != null) {
            throw new IllegalStateException(name + " fails for now");
        }
        handled.note(counted.key(), counted.number());
    }

    /** So that its key is blocked. */
    private static void failUntil(int attempt, Counted counted, EventContext context) {
        if (counted.number() == 0 && context.attempt() < attempt) {
            throw new IllegalStateException(counted + " fails for now");
        }
    }

    private EventSubscription subscription(Counting handler) {
        return EventSubscription.of("counts", "test")
                .on(Counted.class, "counted.v1", handler::count)
                .retrying(policy());
    }

    private static RetryPolicy policy() {
        return RetryPolicy.defaults()
                .maxAttempts(1_000_000)
                .pausing(Duration.ofMillis(1), Duration.ofMillis(20))
                .givingUpOn(Poison.class);
    }

    private Instance start(MessageBroker broker, Handled database, EventSubscription subscription) {
        memory.declare(Topic.named(DEAD_LETTERS), "dead-letters");
        memory.declare(Topic.named("counts"), "test");
        return Instance.start(broker, database.database(), subscription);
    }

    private void send(String key, int... numbers) {
        for (int number : numbers) {
            memory.producer().send("counts", Counted.message(key, number));
        }
    }

    private List<Delivery<String, byte[]>> deadLetters() {
        try (MessageConsumer<String, byte[]> operator = memory.consumer("dead-letters", ConsumerOptions.defaults())) {
            operator.subscribe(List.of(DEAD_LETTERS));
            return operator.poll(Duration.ofSeconds(20));
        }
    }

    private long openTransactions() {
        return handled.jdbc()
                .sql("select count(*) from pg_stat_activity where datname = current_database()"
                        + " and state like 'idle in transaction%'")
                .query(Long.class)
                .single();
    }
}

package io.orderflow.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.pipeline.TimeLimit;
import io.orderflow.messaging.policy.Backoff;
import io.orderflow.messaging.supervision.FailureReporter;
import io.orderflow.messaging.supervision.SupervisedLoop;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ConsumerLoopTest {

    private static final Duration LONG = Duration.ofSeconds(30);
    private static final Backoff AT_ONCE = new Backoff(Duration.ZERO, Duration.ZERO, 0);

    private final MemoryBroker broker = new MemoryBroker();
    private final Subscription subscription = new Subscription("orders", "inventory", 1, ConsumerOptions.defaults());
    private final StopSignal stop = new StopSignal();
    private final List<String> handled = new CopyOnWriteArrayList<>();
    private SupervisedLoop loop;

    @BeforeEach
    void declareTheGroup() {
        broker.declare(Topic.named("orders"), "inventory");
    }

    @AfterEach
    void stopTheLoop() throws InterruptedException {
        stop.giveBack();
        loop.requestStop();
        loop.interrupt();
        loop.awaitEnd(LONG);
    }

    @Test
    void what_is_handled_is_committed() throws Exception {
        start(this::note);
        send("a", "b");
        await().untilAsserted(() -> assertThat(handled).containsExactly("a", "b"));
        stopAndJoin();
        assertThat(whatIsLeft()).isEmpty();
    }

    @Test
    void what_is_thrown_gives_everything_back_and_it_comes_again() {
        AtomicInteger calls = new AtomicInteger();
        start(deliveries -> {
            if (calls.incrementAndGet() <= 3) {
                throw new IllegalStateException("not yet");
            }
            note(deliveries);
        });
        send("a", "b");
        await().untilAsserted(() -> assertThat(handled).containsExactly("a", "b"));
    }

    @Test
    void not_even_an_error_ends_it() {
        AtomicInteger calls = new AtomicInteger();
        start(deliveries -> {
            if (calls.incrementAndGet() == 1) {
                throw new StackOverflowError();
            }
            note(deliveries);
        });
        send("a");
        await().untilAsserted(() -> assertThat(handled).containsExactly("a"));
        assertThat(loop.isRunning()).isTrue();
    }

    @Test
    void it_says_what_keeps_it_from_handling_until_it_handles_again() {
        CountDownLatch healed = new CountDownLatch(1);
        start(deliveries -> {
            if (healed.getCount() > 0) {
                throw new IllegalStateException("the shelf is locked");
            }
            note(deliveries);
        });
        send("a");
        await().until(() -> loop.failure() != null);
        assertThat(loop.failure().cause()).hasMessage("the shelf is locked");
        healed.countDown();
        await().untilAsserted(() -> assertThat(loop.failure()).isNull());
        assertThat(handled).containsExactly("a");
    }

    @Test
    void told_to_stop_it_finishes_what_it_has_polled() throws Exception {
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(deliveries -> {
            handling.countDown();
            goOn.await();
            note(deliveries);
        });
        send("a");
        handling.await();
        loop.requestStop();
        stop.stop();
        goOn.countDown();
        assertThat(loop.awaitEnd(LONG)).isTrue();
        assertThat(handled).containsExactly("a");
        assertThat(whatIsLeft()).isEmpty();
    }

    @Test
    void told_to_give_back_it_leaves_the_rest_of_a_poll_to_others() throws Exception {
        broker.producer().sendBatch(Topic.named("orders"), List.of(message("a"), message("b"), message("c")));
        start(deliveries -> {
            for (Delivery<String, byte[]> delivery : deliveries) {
                stop.throwIfOverdue();
                handled.add(text(delivery));
                loop.requestStop();
                stop.giveBack();
            }
        });
        assertThat(loop.awaitEnd(LONG)).isTrue();
        assertThat(handled).containsExactly("a");
        assertThat(whatIsLeft()).containsExactly("a", "b", "c");
    }

    @Test
    void a_handler_that_takes_longer_than_the_broker_bears_keeps_its_place_and_its_messages() throws Exception {
        Subscription impatient = new Subscription(
                "orders", "inventory", 1, ConsumerOptions.defaults().withPollHandling(Duration.ofMillis(200)));
        CountDownLatch handling = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        start(
                deliveries -> {
                    handling.countDown();
                    goOn.await();
                    note(deliveries);
                },
                new TimeLimit("orders-inventory-1", Duration.ofMinutes(1)),
                impatient);
        send("a");
        handling.await();
        try (MessageConsumer<String, byte[]> other = broker.consumer("inventory", ConsumerOptions.defaults())) {
            other.subscribe(List.of(Topic.named("orders")));
            assertThat(other.poll(Duration.ofSeconds(1))).isEmpty();
        }
        goOn.countDown();
        stopAndJoin();
        assertThat(handled).containsExactly("a");
        assertThat(whatIsLeft()).isEmpty();
        assertThat(loop.failure()).isNull();
    }

    @Test
    void a_topic_of_dead_letters_keeps_what_is_sent_before_anybody_reads_it() {
        start(this::note);
        send("a");
        await().untilAsserted(() -> assertThat(handled).containsExactly("a"));
        broker.producer().send(Topic.named("orders.inventory.dlq"), message("dead"));
        try (MessageConsumer<String, byte[]> people =
                broker.consumer(TopicCatalog.DEAD_LETTERS, ConsumerOptions.defaults())) {
            people.subscribe(List.of(Topic.named("orders.inventory.dlq")));
            assertThat(people.poll(Duration.ofSeconds(5))).hasSize(1);
        }
    }

    private void start(BatchHandler handler) {
        start(handler, new TimeLimit("orders-inventory-1", Duration.ofMinutes(1)), subscription);
    }

    private void start(BatchHandler handler, TimeLimit limit, Subscription to) {
        HandlerThread handlers =
                new HandlerThread("test", handler, limit, to.options().pollHandling(), stop);
        ConsumerLoop body =
                new ConsumerLoop(Brokers.only(broker), new TopicCatalog(Map.of()), to, handlers, () -> false);
        loop = new SupervisedLoop("test", body, AT_ONCE, new FailureReporter(InstantSource.system()), true);
        loop.start();
    }

    private void stopAndJoin() throws InterruptedException {
        loop.requestStop();
        stop.stop();
        assertThat(loop.awaitEnd(LONG)).isTrue();
    }

    private void note(List<Delivery<String, byte[]>> deliveries) {
        deliveries.forEach(delivery -> handled.add(text(delivery)));
    }

    private void send(String... texts) {
        broker.producer()
                .sendBatch(
                        Topic.named("orders"),
                        Arrays.stream(texts).map(ConsumerLoopTest::message).toList());
    }

    private List<String> whatIsLeft() {
        try (MessageConsumer<String, byte[]> other = broker.consumer("inventory", ConsumerOptions.defaults())) {
            other.subscribe(List.of(Topic.named("orders")));
            return other.poll(Duration.ofMillis(50)).stream()
                    .map(ConsumerLoopTest::text)
                    .toList();
        }
    }

    private static Message<String, byte[]> message(String text) {
        return new Message<>("k", text.getBytes(StandardCharsets.UTF_8), Map.of(), Instant.EPOCH);
    }

    private static String text(Delivery<String, byte[]> delivery) {
        return new String(delivery.message().value(), StandardCharsets.UTF_8);
    }
}

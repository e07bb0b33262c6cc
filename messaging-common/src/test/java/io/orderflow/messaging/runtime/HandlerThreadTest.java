package io.orderflow.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.memory.MemoryBroker;
import io.orderflow.messaging.pipeline.TimeLimit;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class HandlerThreadTest {

    private static final Duration LONG = Duration.ofMinutes(1);
    private static final Duration SHORT = Duration.ofMillis(50);

    private final MemoryBroker broker = new MemoryBroker();
    private final StopSignal stop = new StopSignal();
    private TimeLimit limit;
    private final List<String> handled = new CopyOnWriteArrayList<>();

    @BeforeEach
    void sendTwo() {
        broker.declare(Topic.named("orders"), "inventory");
        broker.producer().sendBatch(Topic.named("orders"), List.of(message("a"), message("b")));
    }

    @AfterEach
    void close() {
        broker.close();
    }

    @Test
    void after_a_revocation_the_begun_message_is_finished_and_the_rest_left_to_others() {
        MessageConsumer<String, byte[]> member = member(SHORT);
        List<Delivery<String, byte[]>> polled = member.poll(LONG);
        assertThat(polled).hasSize(2);
        MessageConsumer<String, byte[]> other = member(LONG);
        assertThat(other.poll(LONG)).hasSize(2);

        HandlerThread handlers = handlers(
                delivery -> {
                    await().until(this::isRevoked);
                    handled.add(text(delivery));
                    return HandlerResult.HANDLED;
                },
                LONG);
        assertThatThrownBy(() -> handlers.handle(polled, member::keepAlive, () -> {}))
                .isInstanceOf(MessagingException.class)
                .hasMessageContaining("was removed from its group");
        assertThat(handled).containsExactly("a");
        assertThat(isRevoked()).as("at the next poll").isFalse();
    }

    @Test
    void an_error_of_the_handler_is_thrown_unchanged() {
        MessageConsumer<String, byte[]> member = member(LONG);
        List<Delivery<String, byte[]>> polled = member.poll(LONG);
        HandlerThread handlers = handlers(
                delivery -> {
                    throw new LinkageError("no such class");
                },
                LONG);
        assertThatThrownBy(() -> handlers.handle(polled, member::keepAlive, () -> {}))
                .isInstanceOf(LinkageError.class)
                .hasMessage("no such class");
    }

    @Test
    void a_handler_that_ignores_the_interrupt_is_reported_and_does_not_delay_a_stop() throws Exception {
        MessageConsumer<String, byte[]> member = member(LONG);
        List<Delivery<String, byte[]>> polled = member.poll(LONG);
        AtomicReference<Thread> hanging = new AtomicReference<>();
        AtomicReference<String> release = new AtomicReference<>();
        HandlerThread handlers = handlers(
                delivery -> {
                    hanging.set(Thread.currentThread());
                    while (release.get() == null) {
                        Thread.onSpinWait();
                    }
                    return HandlerResult.HANDLED;
                },
                SHORT);
        AtomicReference<Throwable> end = new AtomicReference<>();
        Thread loop = new Thread(() -> {
            try {
                handlers.handle(polled, member::keepAlive, () -> {});
            } catch (Throwable e) {
                end.set(e);
            }
        });
        loop.start();

        await().untilAsserted(() -> assertThat(limit.problem())
                .contains("did not return within 50 ms and ignores being interrupted")
                .contains("id-a"));
        loop.interrupt();
        loop.join();
        assertThat(end.get()).isInstanceOf(InterruptedException.class);
        assertThat(hanging.get().isDaemon()).isTrue();
        release.set("now");
    }

    private boolean isRevoked() {
        try {
            stop.throwIfOverdue();
            return false;
        } catch (InterruptedException e) {
            return true;
        }
    }

    private HandlerThread handlers(MessageHandler handler, Duration timeOut) {
        limit = new TimeLimit("orders-inventory-1", timeOut);
        MessageHandler limited = limit.around(handler);
        BatchHandler oneByOne = deliveries -> {
            for (Delivery<String, byte[]> delivery : deliveries) {
                stop.throwIfOverdue();
                limited.handle(delivery);
            }
        };
        return new HandlerThread("test", oneByOne, limit, LONG, stop);
    }

    private MessageConsumer<String, byte[]> member(Duration pollHandling) {
        MessageConsumer<String, byte[]> member =
                broker.consumer("inventory", ConsumerOptions.defaults().withPollHandling(pollHandling));
        member.subscribe(List.of(Topic.named("orders")));
        return member;
    }

    private static Message<String, byte[]> message(String text) {
        return new Message<>("k", text.getBytes(StandardCharsets.UTF_8), Map.of("ce_id", "id-" + text), Instant.EPOCH);
    }

    private static String text(Delivery<String, byte[]> delivery) {
        return new String(delivery.message().value(), StandardCharsets.UTF_8);
    }
}

package io.orderflow.messaging.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.policy.MessageRecoverer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class WaitingRoomTest {

    private final StopSignal stop = new StopSignal();
    private final List<String> deadLetters = new ArrayList<>();
    private final WaitingRoom room = new WaitingRoom(new DeadLettersOnly(), stop);
    private final List<String> tried = new ArrayList<>();
    private final Map<String, Integer> failures = new HashMap<>();
    private Duration pause = Duration.ofMillis(5);

    @Test
    void others_of_the_poll_go_on_while_one_waits() throws Exception {
        failures.put("a1", 2);
        handle("a1", "b1", "c1");
        assertThat(tried).containsExactly("a1", "b1", "c1", "a1", "a1");
    }

    @Test
    void those_of_the_same_key_wait_behind_it() throws Exception {
        failures.put("a1", 1);
        handle("a1", "a2", "b1", "a3");
        assertThat(tried).containsExactly("a1", "b1", "a1", "a2", "a3");
    }

    @Test
    void a_follower_that_fails_too_keeps_its_place() throws Exception {
        failures.put("a1", 1);
        failures.put("a2", 1);
        handle("a1", "a2", "a3");
        assertThat(tried).containsExactly("a1", "a1", "a2", "a2", "a3");
    }

    @Test
    void one_that_is_given_up_lets_its_followers_go() throws Exception {
        failures.put("a1", Integer.MAX_VALUE);
        handle("a1", "a2");
        assertThat(tried).endsWith("a2");
        assertThat(deadLetters).containsExactly("a1");
    }

    @Test
    void told_to_stop_it_does_not_wait_and_leaves_the_poll_uncommitted() {
        failures.put("a1", 1);
        pause = Duration.ofHours(1);
        stop.stop();
        assertThatThrownBy(() -> handle("a1", "b1")).isInstanceOf(InterruptedException.class);
        assertThat(tried).containsExactly("a1", "b1");
    }

    private void handle(String... names) throws Exception {
        PollHandler handler = room.around(delivery -> {
            String name = text(delivery.message());
            tried.add(name);
            int left = failures.merge(name, -1, Integer::sum);
            if (left > Integer.MAX_VALUE - 4 && left < Integer.MAX_VALUE - 1) {
                room.deadLetter("orders.inventory.dlq", delivery.message());
            } else if (left >= 0) {
                room.later("orders.inventory.retry", delivery.message(), pause);
            }
            return HandlerResult.HANDLED;
        });
        handler.handle(Arrays.stream(names).map(WaitingRoomTest::delivery).toList());
    }

    private static Delivery<String, byte[]> delivery(String name) {
        byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
        return new Delivery<>(
                "orders", new Message<>(name.substring(0, 1), bytes, Map.of(), Instant.EPOCH), "orders@" + name);
    }

    private static String text(Message<String, byte[]> message) {
        return new String(message.value(), StandardCharsets.UTF_8);
    }

    private final class DeadLettersOnly implements MessageRecoverer {

        @Override
        public boolean canKeep() {
            return false;
        }

        @Override
        public void later(String topic, Message<String, byte[]> message, Duration delay) {
            throw new UnsupportedOperationException();
        }

        @Override
        public void deadLetter(String topic, Message<String, byte[]> message) {
            deadLetters.add(text(message));
        }
    }
}

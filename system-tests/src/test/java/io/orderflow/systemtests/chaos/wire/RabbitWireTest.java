package io.orderflow.systemtests.chaos.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.servers.RabbitServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RabbitWireTest {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final RabbitServer server = RabbitServer.find();
    private final String topic = "wire-" + Long.toString(System.nanoTime(), 36);

    /** Seen in a run with seed 1: the broker was killed while the observer held one of two messages of an order. */
    @Test
    void who_takes_the_place_of_a_lost_connection_sees_nothing_before_what_that_one_held() throws IOException {
        List<String> seen = new ArrayList<>();
        try (RabbitWire lost = open();
                RabbitWire next = open()) {
            lost.watch(List.of(topic));
            lost.send(topic, "order-1", Map.of("ce_id", "created"), new byte[0]);
            await().atMost(PATIENCE).until(() -> ids(lost).contains("created"));
            lost.send(topic, "order-1", Map.of("ce_id", "cancelled"), new byte[0]);

            next.watch(List.of(topic)); // the broker does not know yet that the other one is gone
            seen.addAll(ids(next));
            lost.close();
            await().atMost(PATIENCE).until(() -> {
                seen.addAll(ids(next));
                return seen.size() == 2;
            });
        }

        assertThat(seen).containsExactly("created", "cancelled");
    }

    @Test
    void what_was_noted_and_acknowledged_is_not_seen_again() throws IOException {
        try (RabbitWire wire = open()) {
            wire.watch(List.of(topic));
            wire.send(topic, "order-1", Map.of("ce_id", "first"), new byte[0]);
            await().atMost(PATIENCE).until(() -> ids(wire).contains("first"));
            wire.look(); // acknowledges
        }
        try (RabbitWire again = open()) {
            again.watch(List.of(topic));
            again.send(topic, "order-1", Map.of("ce_id", "second"), new byte[0]);
            List<String> seen = new ArrayList<>();
            await().atMost(PATIENCE).until(() -> seen.addAll(ids(again)));
            assertThat(seen).containsExactly("second");
        }
    }

    private RabbitWire open() throws IOException {
        return new RabbitWire(server.host(), server.port(), server.user(), server.password());
    }

    private static List<String> ids(RabbitWire wire) throws IOException {
        return wire.look().stream().map(Sighting::id).toList();
    }
}

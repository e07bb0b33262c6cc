package io.orderflow.systemtests.chaos.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.orderflow.servers.RabbitServer;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PlainRabbitClientTest {

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final RabbitServer server = RabbitServer.find();
    private final String topic = "plain-client-" + Long.toString(System.nanoTime(), 36);

    /** Found with seed 1: the broker was killed while one of two messages of an order was unacknowledged. */
    @Test
    void a_new_connection_reads_unacknowledged_messages_of_a_lost_one_first() throws IOException {
        List<String> seen = new ArrayList<>();
        try (PlainRabbitClient lost = connect();
                PlainRabbitClient next = connect()) {
            lost.watch(List.of(topic));
            lost.send(topic, "order-1", Map.of("ce_id", "created"), new byte[0]);
            await().atMost(TIMEOUT).until(() -> ids(lost).contains("created"));
            lost.send(topic, "order-1", Map.of("ce_id", "cancelled"), new byte[0]);

            next.watch(List.of(topic)); // before the broker notices that the other connection is lost
            seen.addAll(ids(next));
            lost.close();
            await().atMost(TIMEOUT).until(() -> {
                seen.addAll(ids(next));
                return seen.size() == 2;
            });
        }

        assertThat(seen).containsExactly("created", "cancelled");
    }

    @Test
    void acknowledged_messages_are_not_read_again() throws IOException {
        try (PlainRabbitClient client = connect()) {
            client.watch(List.of(topic));
            client.send(topic, "order-1", Map.of("ce_id", "first"), new byte[0]);
            await().atMost(TIMEOUT).until(() -> ids(client).contains("first"));
            client.poll(); // acknowledges
        }
        try (PlainRabbitClient again = connect()) {
            again.watch(List.of(topic));
            again.send(topic, "order-1", Map.of("ce_id", "second"), new byte[0]);
            List<String> seen = new ArrayList<>();
            await().atMost(TIMEOUT).until(() -> seen.addAll(ids(again)));
            assertThat(seen).containsExactly("second");
        }
    }

    private PlainRabbitClient connect() throws IOException {
        return new PlainRabbitClient(server.uri());
    }

    private static List<String> ids(PlainRabbitClient client) throws IOException {
        return client.poll().stream().map(ObservedMessage::id).toList();
    }
}

package io.orderflow.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Counting orders on Kafka: the Kafka Streams topology of analytics-service beside its plain subscription, from the topic
 * to the tables that the API reads. Each is a process with a Kafka of its own.
 */
final class StreamsBenchmark implements Benchmark {

    private static final int ORDERS = 10_000;
    private static final int CUSTOMERS = 500;
    private static final Topic TOPIC = Topic.named("orders");

    /** A process, and how many orders it has got so far. */
    private static final class Counting {

        private final AnalyticsProcess process;
        private long sent;

        Counting(AnalyticsProcess process) {
            this.process = process;
        }

        void countSome() {
            process.producer().sendBatch(TOPIC, orders(sent));
            sent += ORDERS;
            process.awaitCounted(sent);
        }
    }

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        try (AnalyticsProcess topology = AnalyticsProcess.start("streams");
                AnalyticsProcess subscription = AnalyticsProcess.start("subscription")) {
            Counting ours = new Counting(topology);
            Counting beside = new Counting(subscription);
            return List.of(Line.compared(
                    "count orders on kafka: Kafka Streams topology, beside plain subscription",
                    rounds.compare(
                            Measured.timed(ORDERS, ours::countSome), Measured.timed(ORDERS, beside::countSome))));
        }
    }

    /** One order a second, so that hardly any is suspicious. */
    private static List<Message<String, byte[]>> orders(long first) {
        Instant start = Instant.now().minus(Duration.ofDays(1));
        List<Message<String, byte[]>> messages = new ArrayList<>(ORDERS);
        for (int i = 0; i < ORDERS; i++) {
            String order = UUID.randomUUID().toString();
            String json = """
                    {"orderId": "%s", "customerId": "customer-%d", "priority": "standard", "items": [], "total": 12.50}""".formatted(order, (first + i) % CUSTOMERS);
            Map<String, String> headers = Map.of(
                    Headers.SPEC_VERSION, "1.0",
                    Headers.ID, order,
                    Headers.SOURCE, "/benchmark",
                    Headers.TYPE, "order.created.v1",
                    Headers.TIME, start.plusSeconds(i).toString());
            messages.add(new Message<>(order, json.getBytes(UTF_8), headers, Instant.now()));
        }
        return messages;
    }
}

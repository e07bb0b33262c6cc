package io.orderflow.benchmarks;

import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.PostgresServer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * Consuming from Kafka with inbox and outbox: each message's handler writes a row and publishes an event. A transaction
 * for each poll beside one for each message, every commit on the disk.
 */
final class ConsumingBenchmark implements Benchmark {

    private static final int MESSAGES = 4_000;

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        String servers = KafkaServer.find().bootstrapServers();
        PostgresServer database = PostgresServer.find();
        try (ConsumingApplication poll = ConsumingApplication.start(UnitOfWork.POLL, servers, database);
                ConsumingApplication message = ConsumingApplication.start(UnitOfWork.MESSAGE, servers, database)) {
            return List.of(Line.compared(
                    "consume with inbox and outbox: transaction per poll, beside per message",
                    rounds.compare(measured(poll), measured(message))));
        }
    }

    static Measured measured(ConsumingApplication application) {
        return Measured.timed(MESSAGES, () -> handle(application));
    }

    private static void handle(ConsumingApplication application) {
        double before = application.handled();
        MessageProducer<String, byte[]> producer = application.producer();
        producer.sendBatch(Topic.named(application.topic()), messages());
        application.awaitHandled(before + MESSAGES);
    }

    private static List<Message<String, byte[]>> messages() {
        List<Message<String, byte[]>> messages = new ArrayList<>(MESSAGES);
        String padding = "x".repeat(Load.PAYLOAD_BYTES - 64);
        for (int i = 0; i < MESSAGES; i++) {
            String id = UUID.randomUUID().toString();
            byte[] value = ("{\"id\":\"" + id + "\",\"what\":\"" + padding + "\"}").getBytes(StandardCharsets.UTF_8);
            messages.add(new Message<>("order-" + i % 1000, value, Map.of(Headers.ID, id), Instant.now()));
        }
        return messages;
    }
}

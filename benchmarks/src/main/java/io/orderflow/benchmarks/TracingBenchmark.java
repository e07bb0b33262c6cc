package io.orderflow.benchmarks;

import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.PostgresServer;
import java.util.List;

/**
 * What spans cost: consuming from Kafka with inbox and outbox, a transaction for each poll, where each message has a span when it is
 * processed and one when the handler's event is created, and all are recorded; beside the same without a tracer.
 */
final class TracingBenchmark implements Benchmark {

    private static final double BAR = 0.90;

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        String servers = KafkaServer.find().bootstrapServers();
        PostgresServer database = PostgresServer.find();
        try (ConsumingApplication traced =
                        ConsumingApplication.start(UnitOfWork.POLL, servers, database, "--bench.traced=true");
                ConsumingApplication untraced = ConsumingApplication.start(UnitOfWork.POLL, servers, database)) {
            return List.of(Line.compared(
                    "consume with inbox and outbox: with all spans recorded, beside without tracing",
                    rounds.compare(ConsumingBenchmark.measured(traced), ConsumingBenchmark.measured(untraced)),
                    BAR));
        }
    }
}

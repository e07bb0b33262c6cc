package io.orderflow.benchmarks;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.servers.KafkaServer;
import java.util.List;
import java.util.Map;

/** Kafka through messaging-common beside kafka-clients. */
final class KafkaBenchmark implements Benchmark {

    private static final int MESSAGES = 100_000;

    /** Both sides hand over everything before they wait: how often one waits decides the throughput more than the client does. */
    private static final int BATCH = MESSAGES;

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        try (MessageBroker broker = broker();
                RawClient raw = new RawKafka(KafkaServer.find().bootstrapServers())) {
            return new BrokerBenchmark(broker, raw, MESSAGES, BATCH).run(rounds);
        }
    }

    static MessageBroker broker() {
        return new KafkaBroker(
                Map.of("bootstrap.servers", KafkaServer.find().bootstrapServers()),
                KafkaMessagingProperties.defaults());
    }
}

package io.orderflow.benchmarks;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.servers.KafkaServer;
import java.util.List;
import java.util.Map;

/** What 100,000 rows that are due tomorrow cost those that are due now: two databases, one with them and one without. */
final class DelayedRowsBenchmark implements Benchmark {

    private static final int DELAYED = 100_000;
    private static final int WRITERS = 8;
    private static final String TOPIC = "bench-delayed-" + System.currentTimeMillis();

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        Map<String, Object> servers =
                Map.of("bootstrap.servers", KafkaServer.find().bootstrapServers());
        try (HikariDataSource some = OutboxBenchmark.database();
                HikariDataSource none = OutboxBenchmark.database();
                MessageBroker broker = new KafkaBroker(servers, KafkaMessagingProperties.defaults());
                Accepted accepted = new Accepted(broker.producer());
                Writers writers = new Writers(WRITERS)) {
            broker.declare(Topic.named(TOPIC));
            RelayedOutbox delayed = new RelayedOutbox(TOPIC, some, accepted, writers);
            delayed.delay(DELAYED);
            RelayedOutbox usual = new RelayedOutbox(TOPIC, none, accepted, writers);
            return List.of(Line.compared(
                    "outbox to kafka: 100,000 delayed rows, beside none",
                    rounds.compare(alone(delayed), alone(usual)),
                    BrokerBenchmark.BAR));
        }
    }

    /** Each relay works during its own rounds only; what it sends first is not timed, until its low-water marks are known. */
    private static Measured alone(RelayedOutbox outbox) {
        return () -> {
            outbox.start();
            try {
                outbox.throughput();
                return Measured.timed(RelayedOutbox.EVENTS, outbox::throughput).perSecond();
            } finally {
                outbox.stop();
            }
        };
    }
}

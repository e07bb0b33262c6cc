package io.orderflow.benchmarks;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.servers.RabbitServer;
import java.util.List;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

/** RabbitMQ through messaging-common beside amqp-client. */
final class RabbitBenchmark implements Benchmark {

    private static final int MESSAGES = 20_000;
    private static final int BATCH = 1_000;

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        try (MessageBroker broker = broker();
                RawClient raw = new RawRabbit(RabbitServer.find().uri())) {
            return new BrokerBenchmark(broker, raw, MESSAGES, BATCH).run(rounds);
        }
    }

    static MessageBroker broker() {
        return new RabbitBroker(
                new CachingConnectionFactory(RabbitServer.find().uri()), RabbitMessagingProperties.defaults());
    }
}

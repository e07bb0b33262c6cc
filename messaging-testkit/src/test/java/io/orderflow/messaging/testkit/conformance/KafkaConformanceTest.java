package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.messaging.testkit.BrokerConformance;
import io.orderflow.messaging.testkit.TestServer;
import io.orderflow.messaging.testkit.servers.KafkaServer;
import java.util.Map;

class KafkaConformanceTest extends BrokerConformance {

    private static final KafkaServer SERVER = KafkaServer.find();

    @Override
    protected MessageBroker connect() {
        return new KafkaBroker(
                Map.of("bootstrap.servers", SERVER.bootstrapServers()), KafkaMessagingProperties.defaults());
    }

    @Override
    protected TestServer server() {
        return SERVER;
    }
}

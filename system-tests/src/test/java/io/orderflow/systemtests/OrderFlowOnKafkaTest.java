package io.orderflow.systemtests;

import io.orderflow.localstack.Broker;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.messaging.testkit.servers.KafkaServer;
import io.orderflow.messaging.testkit.servers.RealServer;
import java.util.Map;

class OrderFlowOnKafkaTest extends OrderFlow {

    OrderFlowOnKafkaTest() {
        super(Broker.KAFKA);
    }

    @Override
    MessageBroker connect(RealServer server) {
        return new KafkaBroker(
                Map.of("bootstrap.servers", ((KafkaServer) server).bootstrapServers()),
                KafkaMessagingProperties.defaults());
    }
}

package io.orderflow.systemtests;

import io.orderflow.localstack.Broker;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.RealServer;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringSerializer;

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

    /** Kafka has no routing keys: the record key contains it. */
    @Override
    void sendAsForeignProducer(RealServer server, String topic, String routingKey, String json) throws Exception {
        Map<String, Object> settings = Map.of("bootstrap.servers", ((KafkaServer) server).bootstrapServers());
        try (KafkaProducer<String, String> producer =
                new KafkaProducer<>(settings, new StringSerializer(), new StringSerializer())) {
            producer.send(new ProducerRecord<>(topic, routingKey, json)).get(10, TimeUnit.SECONDS);
        }
    }
}

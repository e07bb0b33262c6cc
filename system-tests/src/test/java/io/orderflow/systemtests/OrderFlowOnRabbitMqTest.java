package io.orderflow.systemtests;

import com.rabbitmq.client.Channel;
import com.rabbitmq.client.Connection;
import com.rabbitmq.client.ConnectionFactory;
import io.orderflow.localstack.Broker;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.servers.RabbitServer;
import io.orderflow.servers.RealServer;
import java.nio.charset.StandardCharsets;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

class OrderFlowOnRabbitMqTest extends OrderFlow {

    OrderFlowOnRabbitMqTest() {
        super(Broker.RABBITMQ);
    }

    @Override
    MessageBroker connect(RealServer server) {
        return new RabbitBroker(
                new CachingConnectionFactory(((RabbitServer) server).uri()), RabbitMessagingProperties.defaults());
    }

    @Override
    void sendAsForeignProducer(RealServer server, String topic, String routingKey, String json) throws Exception {
        ConnectionFactory factory = new ConnectionFactory();
        factory.setUri(((RabbitServer) server).uri());
        try (Connection connection = factory.newConnection();
                Channel channel = connection.createChannel()) {
            channel.confirmSelect();
            channel.basicPublish(topic, routingKey, true, null, json.getBytes(StandardCharsets.UTF_8));
            channel.waitForConfirmsOrDie(10_000);
        }
    }
}

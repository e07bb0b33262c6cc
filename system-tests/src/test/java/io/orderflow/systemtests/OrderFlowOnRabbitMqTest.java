package io.orderflow.systemtests;

import io.orderflow.localstack.Broker;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.messaging.testkit.servers.RabbitServer;
import io.orderflow.messaging.testkit.servers.RealServer;
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
}

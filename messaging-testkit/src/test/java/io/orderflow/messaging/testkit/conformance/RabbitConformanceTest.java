package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.messaging.testkit.BrokerConformance;
import io.orderflow.servers.RabbitServer;
import io.orderflow.servers.TestServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.net.URI;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;

class RabbitConformanceTest extends BrokerConformance {

    private static final RabbitServer SERVER = RabbitServer.find();

    @Override
    protected MessageBroker connect() {
        return new RabbitBroker(new CachingConnectionFactory(SERVER.uri()), RabbitMessagingProperties.defaults());
    }

    @Override
    protected TestServer server() {
        return SERVER;
    }

    @Override
    protected MessageBroker connect(TcpProxy network) {
        URI behind = URI.create(SERVER.uri().toString().replace(":" + SERVER.port(), ":" + network.port()));
        return new RabbitBroker(new CachingConnectionFactory(behind), RabbitMessagingProperties.defaults());
    }

    @Override
    protected void delete(Topic topic, String group) {
        CachingConnectionFactory factory = new CachingConnectionFactory(SERVER.uri());
        try {
            RabbitTopics.delete(factory, topic, group);
        } finally {
            factory.destroy();
        }
    }
}

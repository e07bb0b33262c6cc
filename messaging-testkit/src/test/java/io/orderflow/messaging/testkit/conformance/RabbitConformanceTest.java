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
import java.util.List;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.amqp.rabbit.core.RabbitAdmin;

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
            RabbitAdmin admin = new RabbitAdmin(factory);
            for (int partition = 0; partition < topic.partitions(); partition++) {
                admin.deleteQueue(topic.name() + "." + group + "." + partition);
            }
            List.of("", ".groups", ".unpartitioned-of-" + topic.partitions())
                    .forEach(suffix -> admin.deleteExchange(topic.name() + suffix));
        } finally {
            factory.destroy();
        }
    }
}

package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.messaging.testkit.BrokerConformance;
import io.orderflow.servers.RedisServer;
import io.orderflow.servers.TestServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class RedisConformanceTest extends BrokerConformance {

    private static final RedisServer SERVER = RedisServer.find();

    @Override
    protected MessageBroker connect() {
        return new RedisBroker(
                new LettuceConnectionFactory(SERVER.host(), SERVER.port()), RedisMessagingProperties.defaults());
    }

    @Override
    protected TestServer server() {
        return SERVER;
    }

    @Override
    protected MessageBroker connect(TcpProxy network) {
        return new RedisBroker(
                new LettuceConnectionFactory("localhost", network.port()), RedisMessagingProperties.defaults());
    }

    @Override
    protected void delete(Topic topic, String group) {
        LettuceConnectionFactory factory = new LettuceConnectionFactory(SERVER.host(), SERVER.port());
        factory.start();
        try (RedisConnection connection = factory.getConnection()) {
            Set<byte[]> keys =
                    connection.keyCommands().keys(("*" + topic.name() + "*").getBytes(StandardCharsets.UTF_8));
            connection.keyCommands().del(keys.toArray(byte[][]::new));
        } finally {
            factory.destroy();
        }
    }
}

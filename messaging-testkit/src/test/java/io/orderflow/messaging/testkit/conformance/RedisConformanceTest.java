package io.orderflow.messaging.testkit.conformance;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.messaging.testkit.BrokerConformance;
import io.orderflow.messaging.testkit.TestServer;
import io.orderflow.messaging.testkit.servers.RedisServer;
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
}

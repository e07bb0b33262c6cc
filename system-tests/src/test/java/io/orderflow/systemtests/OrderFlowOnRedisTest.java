package io.orderflow.systemtests;

import io.orderflow.localstack.Broker;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.messaging.testkit.servers.RealServer;
import io.orderflow.messaging.testkit.servers.RedisServer;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

class OrderFlowOnRedisTest extends OrderFlow {

    OrderFlowOnRedisTest() {
        super(Broker.REDIS);
    }

    @Override
    MessageBroker connect(RealServer server) {
        RedisServer redis = (RedisServer) server;
        return new RedisBroker(
                new LettuceConnectionFactory(redis.host(), redis.port()), RedisMessagingProperties.defaults());
    }
}

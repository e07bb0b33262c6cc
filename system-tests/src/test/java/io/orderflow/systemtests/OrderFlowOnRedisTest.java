package io.orderflow.systemtests;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulRedisConnection;
import io.orderflow.localstack.Broker;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.servers.RealServer;
import io.orderflow.servers.RedisServer;
import java.util.Map;
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

    @Override
    void sendAsForeignProducer(RealServer server, String topic, String routingKey, String json) {
        RedisServer redis = (RedisServer) server;
        RedisClient client = RedisClient.create(RedisURI.create(redis.host(), redis.port()));
        try (StatefulRedisConnection<String, String> connection = client.connect()) {
            connection.sync().xadd(topic, Map.of("routing-key", routingKey, "payload", json));
        } finally {
            client.shutdown();
        }
    }
}

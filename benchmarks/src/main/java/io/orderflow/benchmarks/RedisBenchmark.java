package io.orderflow.benchmarks;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.servers.RedisServer;
import java.util.List;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Redis through messaging-common beside Lettuce; the server syncs its file before each answer. */
final class RedisBenchmark implements Benchmark {

    private static final int MESSAGES = 40_000;
    static final int BATCH = 64;

    @Override
    public List<Line> run(Rounds rounds) throws Exception {
        RedisServer server = RedisServer.find();
        try (MessageBroker broker = broker();
                RawClient raw = new RawRedis(server.host(), server.port())) {
            return new BrokerBenchmark(broker, raw, MESSAGES, BATCH).run(rounds);
        }
    }

    static MessageBroker broker() {
        RedisServer server = RedisServer.find();
        return new RedisBroker(
                new LettuceConnectionFactory(server.host(), server.port()), RedisMessagingProperties.defaults());
    }
}

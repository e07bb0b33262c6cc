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
        LettuceConnectionFactory address = new LettuceConnectionFactory(server.host(), server.port());
        try (MessageBroker broker = new RedisBroker(address, RedisMessagingProperties.defaults());
                RawClient raw = new RawRedis(server.host(), server.port())) {
            return new BrokerBenchmark(broker, raw, MESSAGES, BATCH).run(rounds);
        }
    }
}

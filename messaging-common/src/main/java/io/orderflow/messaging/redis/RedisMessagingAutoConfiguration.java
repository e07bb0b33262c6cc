package io.orderflow.messaging.redis;

import io.orderflow.messaging.adapter.ConditionalOnBroker;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.data.redis.autoconfigure.DataRedisAutoConfiguration;
import org.springframework.boot.data.redis.autoconfigure.DataRedisConnectionDetails;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** Redis as the broker, where {@code messaging.broker} is {@code redis}. */
@AutoConfiguration(after = DataRedisAutoConfiguration.class)
@ConditionalOnClass(LettuceConnectionFactory.class)
@ConditionalOnBroker("redis")
@EnableConfigurationProperties(RedisMessagingProperties.class)
public class RedisMessagingAutoConfiguration {

    @Bean
    @Fallback
    RedisBroker redisBroker(
            LettuceConnectionFactory connections,
            DataRedisConnectionDetails details,
            RedisMessagingProperties properties) {
        if (details.getMasterReplica() != null) {
            throw new IllegalArgumentException("Messaging needs one Redis server, alone or with Sentinel: unset"
                    + " spring.data.redis.masterreplica.nodes.");
        }
        return new RedisBroker(connections, properties);
    }
}

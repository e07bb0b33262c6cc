package io.orderflow.messaging.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.codec.RedisCodec;
import io.lettuce.core.codec.StringCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.time.Duration;
import org.springframework.data.redis.connection.RedisConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration;
import org.springframework.data.redis.connection.lettuce.LettuceClientConfiguration.LettuceClientConfigurationBuilder;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/**
 * Connections to the server of the application's own factory, which do not reconnect: whoever uses a lost connection opens
 * another. By default Lettuce reconnects in the background, sends unfinished commands a second time, and buffers commands
 * without a limit meanwhile.
 */
final class Connections implements AutoCloseable {

    private static final RedisCodec<String, byte[]> CODEC = RedisCodec.of(StringCodec.UTF8, ByteArrayCodec.INSTANCE);

    private final LettuceConnectionFactory factory;

    Connections(LettuceConnectionFactory application, Duration timeout) {
        if (application.isClusterAware()) {
            throw new IllegalArgumentException(
                    "Messaging needs one Redis server, alone or with Sentinel, not Redis Cluster: unset"
                            + " spring.data.redis.cluster.nodes.");
        }
        factory = new LettuceConnectionFactory(
                address(application), bounded(application.getClientConfiguration(), timeout));
        factory.afterPropertiesSet();
    }

    /** Takes at most twice the time-out. */
    StatefulRedisConnection<String, byte[]> connect() {
        return ((RedisClient) factory.getRequiredNativeClient()).connect(CODEC);
    }

    /** The same, for Pub/Sub. */
    StatefulRedisPubSubConnection<String, byte[]> connectPubSub() {
        return ((RedisClient) factory.getRequiredNativeClient()).connectPubSub(CODEC);
    }

    @Override
    public void close() {
        factory.destroy();
    }

    private static RedisConfiguration address(LettuceConnectionFactory application) {
        if (application.getSentinelConfiguration() != null) {
            return application.getSentinelConfiguration();
        }
        return application.getSocketConfiguration() != null
                ? application.getSocketConfiguration()
                : application.getStandaloneConfiguration();
    }

    private static LettuceClientConfiguration bounded(LettuceClientConfiguration application, Duration timeout) {
        LettuceClientConfigurationBuilder builder = LettuceClientConfiguration.builder();
        if (application.isUseSsl()) {
            var ssl = builder.useSsl().verifyPeer(application.getVerifyMode());
            if (application.isStartTls()) {
                ssl.startTls();
            }
        }
        application.getClientResources().ifPresent(builder::clientResources);
        application.getClientName().ifPresent(builder::clientName);
        application.getRedisCredentialsProviderFactory().ifPresent(builder::redisCredentialsProviderFactory);
        ClientOptions options = application.getClientOptions().orElseGet(ClientOptions::create);
        return builder.commandTimeout(timeout)
                .shutdownTimeout(application.getShutdownTimeout())
                .shutdownQuietPeriod(application.getShutdownQuietPeriod())
                .clientOptions(options.mutate()
                        .autoReconnect(false)
                        .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                        .socketOptions(options.getSocketOptions()
                                .mutate()
                                .keepAlive(true)
                                .connectTimeout(timeout)
                                .build())
                        .build())
                .build();
    }
}

package io.orderflow.localstack;

import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.RabbitServer;
import io.orderflow.servers.RealServer;
import io.orderflow.servers.RedisServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The broker that a stack runs on. */
public enum Broker {
    KAFKA(9092) {
        @Override
        Running start(Path folder, int port, int reachedAt) {
            KafkaServer server = KafkaServer.start(folder, port, reachedAt);
            return new Running(
                    server,
                    port,
                    "localhost:" + port + " (no user)",
                    Map.of(
                            "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                            "localhost:" + reachedAt,
                            "MESSAGING_KAFKA_REPLICATION_FACTOR",
                            "1"));
        }
    },
    RABBITMQ(5672) {
        @Override
        Running start(Path folder, int port, int reachedAt) {
            RabbitServer server = RabbitServer.start(folder, port);
            return new Running(
                    server,
                    port,
                    server.uri().toString(),
                    Map.of(
                            "SPRING_RABBITMQ_HOST", server.host(),
                            "SPRING_RABBITMQ_PORT", Integer.toString(reachedAt),
                            "SPRING_RABBITMQ_USERNAME", server.user(),
                            "SPRING_RABBITMQ_PASSWORD", server.password()));
        }
    },
    REDIS(6379) {
        @Override
        Running start(Path folder, int port, int reachedAt) {
            RedisServer server = RedisServer.start(folder, port);
            return new Running(
                    server,
                    port,
                    "redis://localhost:" + port + " (no user)",
                    Map.of(
                            "SPRING_DATA_REDIS_HOST", server.host(),
                            "SPRING_DATA_REDIS_PORT", Integer.toString(reachedAt)));
        }
    };

    private final int usualPort;

    Broker(int usualPort) {
        this.usualPort = usualPort;
    }

    /** The broker of that name, as {@code messaging.broker} has it. */
    public static Broker named(String name) {
        return Arrays.stream(values())
                .filter(broker -> broker.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new StackException("there is no broker '" + name + "', but "
                        + Arrays.stream(values()).map(Broker::toString).collect(Collectors.joining(", "))));
    }

    /** @param reachedAt the port that services are told: the server's own, or that of a proxy before it */
    abstract Running start(Path folder, int port, int reachedAt);

    int usualPort() {
        return usualPort;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A running server.
     *
     * @param address for a person's own client, with user and password
     * @param settings the environment variables with which a service reaches it
     */
    record Running(RealServer server, int port, String address, Map<String, String> settings) {}
}

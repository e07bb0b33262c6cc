package io.orderflow.localstack;

import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.RabbitServer;
import io.orderflow.servers.RealServer;
import io.orderflow.servers.RedisServer;
import io.orderflow.servers.SqsServer;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** The broker that a stack runs on. */
public enum Broker {
    KAFKA(9092) {
        @Override
        Running start(Path folder, int port, int clientPort) {
            KafkaServer server = KafkaServer.start(folder, port, clientPort);
            return new Running(
                    server,
                    port,
                    "localhost:" + port + " (no user)",
                    Map.of(
                            "SPRING_KAFKA_BOOTSTRAP_SERVERS",
                            "localhost:" + clientPort,
                            "MESSAGING_KAFKA_REPLICATION_FACTOR",
                            "1"));
        }
    },
    RABBITMQ(5672) {
        @Override
        Running start(Path folder, int port, int clientPort) {
            RabbitServer server = RabbitServer.start(folder, port);
            return new Running(
                    server,
                    port,
                    server.uri().toString(),
                    Map.of(
                            "SPRING_RABBITMQ_HOST", server.host(),
                            "SPRING_RABBITMQ_PORT", Integer.toString(clientPort),
                            "SPRING_RABBITMQ_USERNAME", server.user(),
                            "SPRING_RABBITMQ_PASSWORD", server.password()));
        }
    },
    REDIS(6379) {
        @Override
        Running start(Path folder, int port, int clientPort) {
            RedisServer server = RedisServer.start(folder, port);
            return new Running(
                    server,
                    port,
                    "redis://localhost:" + port + " (no user)",
                    Map.of(
                            "SPRING_DATA_REDIS_HOST", server.host(),
                            "SPRING_DATA_REDIS_PORT", Integer.toString(clientPort)));
        }
    },
    SQS(4566) {
        @Override
        Running start(Path folder, int port, int clientPort) {
            SqsServer server = SqsServer.start(folder, port);
            return new Running(
                    server,
                    port,
                    server.endpoint() + " (any credentials, region " + SqsServer.REGION + ")",
                    Map.of(
                            "AWS_ENDPOINT_URL",
                            "http://localhost:" + clientPort,
                            "AWS_REGION",
                            SqsServer.REGION,
                            "AWS_ACCESS_KEY_ID",
                            "local",
                            "AWS_SECRET_ACCESS_KEY",
                            "local"));
        }
    };

    private final int defaultPort;

    Broker(int defaultPort) {
        this.defaultPort = defaultPort;
    }

    /** The broker with that value of {@code messaging.broker}. */
    public static Broker named(String name) {
        return Arrays.stream(values())
                .filter(broker -> broker.toString().equals(name))
                .findFirst()
                .orElseThrow(() -> new StackException("There is no broker '" + name + "'; there are "
                        + Arrays.stream(values()).map(Broker::toString).collect(Collectors.joining(", "))));
    }

    /** @param clientPort the port that services connect to: the server's own, or that of a proxy */
    abstract Running start(Path folder, int port, int clientPort);

    int defaultPort() {
        return defaultPort;
    }

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * A running server.
     *
     * @param address for other clients, with user and password
     * @param settings the environment variables with which a service reaches it
     */
    record Running(RealServer server, int port, String address, Map<String, String> settings) {}
}

package io.orderflow.systemtests.chaos.client;

import io.orderflow.localstack.Broker;
import io.orderflow.localstack.LocalStack;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.RabbitServer;
import io.orderflow.servers.SqsServer;
import java.io.IOException;
import java.util.List;
import java.util.Map;

/**
 * A connection to the broker with its own client, to observe and to disturb. For one thread; after an exception it is closed
 * and replaced.
 */
public interface PlainClient extends AutoCloseable {

    /** Connects to a broker. */
    @FunctionalInterface
    interface Factory {
        PlainClient connect() throws IOException;
    }

    /** The consumer group, queue prefix or connection name of this client. */
    String CLIENT_NAME = "chaos-observer";

    static Factory of(Broker kind, LocalStack stack) {
        return switch (kind) {
            case KAFKA -> () -> new PlainKafkaClient(((KafkaServer) stack.broker()).bootstrapServers());
            case RABBITMQ -> () -> new PlainRabbitClient(((RabbitServer) stack.broker()).uri());
            case REDIS -> () -> new PlainRedisClient("localhost", stack.brokerPort());
            case SQS -> () -> new PlainSqsClient(((SqsServer) stack.broker()).endpoint());
        };
    }

    /**
     * Subscribes to these topics; those that do not exist yet are subscribed to as soon as they do. No message is missed
     * that is sent after this returns.
     */
    void watch(List<String> topics) throws IOException;

    /** The next messages, in the order of each topic. After a failure the last ones may be returned again. */
    List<ObservedMessage> poll() throws IOException;

    /** Sends a message and waits until the broker has stored it. Header names are those of the CloudEvents Kafka binding. */
    void send(String topic, String key, Map<String, String> headers, byte[] body) throws IOException;

    /** Sends a copy of the message. */
    void repeat(ObservedMessage message) throws IOException;

    @Override
    void close();
}

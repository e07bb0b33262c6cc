package io.orderflow.systemtests.chaos.wire;

import io.orderflow.localstack.Broker;
import io.orderflow.localstack.LocalStack;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.RabbitServer;
import io.orderflow.servers.RealServer;
import java.io.IOException;

/** Opens wires to the broker of one stack. */
@FunctionalInterface
public interface Wires {

    Wire open() throws IOException;

    static Wires to(Broker kind, LocalStack stack) {
        RealServer server = stack.broker();
        return switch (kind) {
            case KAFKA -> () -> new KafkaWire(((KafkaServer) server).bootstrapServers());
            case RABBITMQ -> {
                RabbitServer rabbit = (RabbitServer) server;
                yield () -> new RabbitWire(rabbit.host(), rabbit.port(), rabbit.user(), rabbit.password());
            }
            case REDIS -> () -> new RedisWire("localhost", stack.brokerPort());
        };
    }
}

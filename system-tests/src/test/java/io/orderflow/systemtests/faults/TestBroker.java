package io.orderflow.systemtests.faults;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.messaging.rabbit.RabbitBroker;
import io.orderflow.messaging.rabbit.RabbitMessagingProperties;
import io.orderflow.messaging.redis.RedisBroker;
import io.orderflow.messaging.redis.RedisMessagingProperties;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.RabbitServer;
import io.orderflow.servers.RedisServer;
import java.util.List;
import java.util.Map;
import org.springframework.amqp.rabbit.connection.CachingConnectionFactory;
import org.springframework.data.redis.connection.lettuce.LettuceConnectionFactory;

/** The brokers of the crash test. */
enum TestBroker {
    KAFKA {
        @Override
        MessageBroker connect() {
            return new KafkaBroker(
                    Map.of("bootstrap.servers", KafkaServer.find().bootstrapServers()),
                    KafkaMessagingProperties.defaults());
        }

        @Override
        List<String> properties() {
            return List.of(
                    "--messaging.broker=kafka",
                    "--spring.kafka.bootstrap-servers=" + KafkaServer.find().bootstrapServers());
        }
    },
    RABBITMQ {
        @Override
        MessageBroker connect() {
            return new RabbitBroker(
                    new CachingConnectionFactory(RabbitServer.find().uri()), RabbitMessagingProperties.defaults());
        }

        @Override
        List<String> properties() {
            RabbitServer server = RabbitServer.find();
            return List.of(
                    "--messaging.broker=rabbitmq",
                    "--spring.rabbitmq.host=" + server.host(),
                    "--spring.rabbitmq.port=" + server.port(),
                    "--spring.rabbitmq.username=" + server.user(),
                    "--spring.rabbitmq.password=" + server.password());
        }
    },
    REDIS {
        @Override
        MessageBroker connect() {
            RedisServer server = RedisServer.find();
            return new RedisBroker(
                    new LettuceConnectionFactory(server.host(), server.port()), RedisMessagingProperties.defaults());
        }

        @Override
        List<String> properties() {
            RedisServer server = RedisServer.find();
            return List.of(
                    "--messaging.broker=redis",
                    "--spring.data.redis.host=" + server.host(),
                    "--spring.data.redis.port=" + server.port());
        }
    };

    abstract MessageBroker connect();

    /** The configuration of an application. */
    abstract List<String> properties();
}

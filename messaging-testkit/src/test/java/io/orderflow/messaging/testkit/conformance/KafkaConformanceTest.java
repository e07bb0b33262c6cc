package io.orderflow.messaging.testkit.conformance;

import static org.awaitility.Awaitility.await;

import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.messaging.testkit.BrokerConformance;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.TestServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;

class KafkaConformanceTest extends BrokerConformance {

    private static final KafkaServer SERVER = KafkaServer.find();

    @Override
    protected MessageBroker connect() {
        return new KafkaBroker(
                Map.of("bootstrap.servers", SERVER.bootstrapServers()), KafkaMessagingProperties.defaults());
    }

    @Override
    protected TestServer server() {
        return SERVER;
    }

    @Override
    protected MessageBroker connect(TcpProxy network) {
        return new KafkaBroker(
                Map.of("bootstrap.servers", "localhost:" + network.port()), KafkaMessagingProperties.defaults());
    }

    /** Returns once the broker has applied it: until then it accepts messages that are deleted with the topic. */
    @Override
    protected void delete(Topic topic, String group) {
        try (Admin admin = Admin.create(Map.of("bootstrap.servers", SERVER.bootstrapServers()))) {
            admin.deleteTopics(List.of(topic.name()))
                    .all()
                    .toCompletionStage()
                    .toCompletableFuture()
                    .join();
            await().until(() -> !admin.listTopics().names().get().contains(topic.name()));
        }
    }
}

package io.orderflow.messaging.outbox;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.zaxxer.hikari.HikariDataSource;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageProducer;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.database.Databases;
import io.orderflow.messaging.kafka.KafkaBroker;
import io.orderflow.messaging.kafka.KafkaMessagingProperties;
import io.orderflow.messaging.runtime.DeclaringProducer;
import io.orderflow.messaging.runtime.TopicCatalog;
import io.orderflow.servers.KafkaServer;
import io.orderflow.servers.proxy.TcpProxy;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** The relay with a client that waits long before it gives up, as Kafka's does. */
class RelayOnKafkaTest {

    private static final Duration NOTICED = Duration.ofSeconds(30);
    private static final Duration BACK_AGAIN = Duration.ofSeconds(30);

    private final String topic = "relayed-" + UUID.randomUUID();

    @Test
    void a_silence_of_the_network_is_over_for_the_relay_soon_after_it_is_over_for_others() {
        try (TcpProxy network = KafkaServer.find().proxy();
                KafkaBroker broker = new KafkaBroker(
                        Map.of("bootstrap.servers", "localhost:" + network.port()),
                        KafkaMessagingProperties.defaults());
                MessageProducer<String, byte[]> producer =
                        new DeclaringProducer(Brokers.only(broker), new TopicCatalog(Map.of()));
                HikariDataSource database = Databases.fresh();
                OutboxRelay relay = new OutboxRelay(database, producer, RelayOptions.defaults())) {
            Outbox outbox = new JdbcOutbox(database, relay::committed);
            relay.start();
            add(database, outbox, "before");
            await().atMost(NOTICED).until(() -> rows(database) == 0);

            network.blackhole();
            add(database, outbox, "into the silence");
            await().atMost(NOTICED).until(() -> relay.status().failingSince() != null);
            network.heal();

            await().atMost(BACK_AGAIN).until(() -> rows(database) == 0);
            await().atMost(BACK_AGAIN)
                    .untilAsserted(
                            () -> assertThat(relay.status().failingSince()).isNull());
        }
    }

    private void add(HikariDataSource database, Outbox outbox, String text) {
        List<Message<String, byte[]>> messages = IntStream.range(0, 20)
                .mapToObj(i -> new Message<>("key-" + i, text.getBytes(UTF_8), Map.<String, String>of(), Instant.now()))
                .toList();
        new TransactionTemplate(new JdbcTransactionManager(database))
                .executeWithoutResult(status -> outbox.add(topic, messages));
    }

    private static long rows(HikariDataSource database) {
        return JdbcClient.create(database)
                .sql("select count(*) from messaging_outbox")
                .query(Long.class)
                .single();
    }
}

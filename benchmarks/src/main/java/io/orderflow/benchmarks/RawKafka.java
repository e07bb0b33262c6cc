package io.orderflow.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.messaging.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** kafka-clients by hand: everything is handed to the producer at once, and awaited at the end. */
final class RawKafka implements RawClient {

    private final String servers;
    private final Admin admin;
    private final Producer<String, byte[]> producer;

    RawKafka(String servers) {
        this.servers = servers;
        this.admin = Admin.create(Map.of("bootstrap.servers", servers));
        this.producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        servers,
                        ProducerConfig.ACKS_CONFIG,
                        "all",
                        ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG,
                        true,
                        ProducerConfig.LINGER_MS_CONFIG,
                        0,
                        ProducerConfig.BATCH_SIZE_CONFIG,
                        128 * 1024),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void produce(String topic, List<Message<String, byte[]>> messages) throws Exception {
        List<Header> headers = new ArrayList<>();
        messages.get(0).headers().forEach((name, value) -> headers.add(new RecordHeader(name, value.getBytes(UTF_8))));
        List<Future<?>> acknowledgements = new ArrayList<>(messages.size());
        for (Message<String, byte[]> message : messages) {
            List<Header> own = new ArrayList<>(headers);
            String millis = Long.toString(message.timestamp().toEpochMilli());
            own.add(new RecordHeader("messaging-timestamp", millis.getBytes(UTF_8)));
            acknowledgements.add(
                    producer.send(new ProducerRecord<>(topic, null, null, message.key(), message.value(), own)));
        }
        for (Future<?> acknowledgement : acknowledgements) {
            acknowledgement.get();
        }
    }

    @Override
    public void consume(String topic, String group, Reading reading) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                servers,
                ConsumerConfig.GROUP_ID_CONFIG,
                group,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                false,
                ConsumerConfig.PARTITION_ASSIGNMENT_STRATEGY_CONFIG,
                List.of(CooperativeStickyAssignor.class),
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG,
                BrokerBenchmark.POLL);
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic));
            while (reading.wantsMore()) {
                int polled = consumer.poll(Duration.ofSeconds(1)).count();
                consumer.commitSync();
                reading.add(polled);
            }
        }
    }

    @Override
    public void drop(String topic, String group) throws Exception {
        admin.deleteTopics(Set.of(topic)).all().get();
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
    }
}

package io.orderflow.systemtests.chaos.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Reads all partitions from their beginning, without a group. */
final class KafkaWire implements Wire {

    private static final Duration LOOK = Duration.ofMillis(100);
    private static final Duration LISTING = Duration.ofSeconds(10);
    private static final int SENDING_SECONDS = 15;
    private static final long BETWEEN_LISTINGS_NANOS = TimeUnit.SECONDS.toNanos(2);

    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;
    private List<String> topics = List.of();
    private long listed;

    KafkaWire(String bootstrapServers) {
        consumer = new KafkaConsumer<>(
                Map.of(
                        ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                        "earliest",
                        ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG,
                        "false"),
                new StringDeserializer(),
                new ByteArrayDeserializer());
        producer = new KafkaProducer<>(
                Map.of(
                        ProducerConfig.BOOTSTRAP_SERVERS_CONFIG,
                        bootstrapServers,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG,
                        "10000",
                        ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG,
                        "5000",
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG,
                        "10000",
                        ProducerConfig.LINGER_MS_CONFIG,
                        "0"),
                new StringSerializer(),
                new ByteArraySerializer());
    }

    @Override
    public void watch(List<String> names) throws IOException {
        topics = List.copyOf(names);
        list();
    }

    @Override
    public List<Sighting> look() throws IOException {
        if (System.nanoTime() - listed > BETWEEN_LISTINGS_NANOS) {
            list();
        }
        if (consumer.assignment().isEmpty()) {
            return List.of();
        }
        try {
            List<Sighting> sightings = new ArrayList<>();
            consumer.poll(LOOK).forEach(message -> sightings.add(sighting(message)));
            return sightings;
        } catch (KafkaException e) {
            throw new IOException(e);
        }
    }

    /** Topics come into being when they are needed; what was assigned before keeps its place. */
    private void list() throws IOException {
        try {
            Set<TopicPartition> partitions = new HashSet<>();
            consumer.listTopics(LISTING).forEach((topic, all) -> {
                if (topics.contains(topic)) {
                    all.forEach(each -> partitions.add(new TopicPartition(topic, each.partition())));
                }
            });
            if (!partitions.equals(consumer.assignment())) {
                consumer.assign(partitions);
            }
            listed = System.nanoTime();
        } catch (KafkaException e) {
            throw new IOException(e);
        }
    }

    @Override
    public void send(String topic, String key, Map<String, String> headers, byte[] body) throws IOException {
        List<Header> all = new ArrayList<>();
        headers.forEach((name, value) -> all.add(new RecordHeader(name, value.getBytes(UTF_8))));
        send(new ProducerRecord<>(topic, null, key, body, all));
    }

    @Override
    public void repeat(Sighting sighting) throws IOException {
        @SuppressWarnings("unchecked")
        ConsumerRecord<String, byte[]> seen = (ConsumerRecord<String, byte[]>) sighting.raw();
        send(new ProducerRecord<>(seen.topic(), null, seen.timestamp(), seen.key(), seen.value(), seen.headers()));
    }

    private void send(ProducerRecord<String, byte[]> message) throws IOException {
        try {
            producer.send(message).get(SENDING_SECONDS, TimeUnit.SECONDS);
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static Sighting sighting(ConsumerRecord<String, byte[]> seen) {
        return new Sighting(
                seen.topic(),
                seen.key() == null ? "" : seen.key(),
                header(seen, "ce_id"),
                header(seen, "ce_type"),
                seen.value() == null ? new byte[0] : seen.value(),
                seen);
    }

    private static String header(ConsumerRecord<?, ?> seen, String name) {
        Header header = seen.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        producer.close(Duration.ZERO);
    }
}

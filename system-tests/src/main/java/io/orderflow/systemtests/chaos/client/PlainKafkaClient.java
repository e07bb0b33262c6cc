package io.orderflow.systemtests.chaos.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;

/** Reads all partitions from their beginning, in a new consumer group. */
final class PlainKafkaClient implements PlainClient {

    private static final Duration POLL_TIMEOUT = Duration.ofMillis(100);
    private static final int SEND_SECONDS = 15;

    private final KafkaConsumer<String, byte[]> consumer;
    private final KafkaProducer<String, byte[]> producer;

    PlainKafkaClient(String bootstrapServers) {
        Map<String, Object> reading = Map.of(
                "bootstrap.servers", bootstrapServers,
                "group.id", CLIENT_NAME + "-" + UUID.randomUUID(),
                "auto.offset.reset", "earliest",
                "enable.auto.commit", "false",
                "metadata.max.age.ms", "2000");
        consumer = new KafkaConsumer<>(reading, new StringDeserializer(), new ByteArrayDeserializer());
        Map<String, Object> sending = Map.of(
                "bootstrap.servers", bootstrapServers,
                "max.block.ms", "10000",
                "request.timeout.ms", "5000",
                "delivery.timeout.ms", "10000",
                "linger.ms", "0");
        producer = new KafkaProducer<>(sending, new StringSerializer(), new ByteArraySerializer());
    }

    @Override
    public void watch(List<String> topics) {
        consumer.subscribe(topics);
    }

    @Override
    public List<ObservedMessage> poll() throws IOException {
        try {
            List<ObservedMessage> messages = new ArrayList<>();
            consumer.poll(POLL_TIMEOUT).forEach(each -> messages.add(observed(each)));
            return messages;
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
    @SuppressWarnings("unchecked")
    public void repeat(ObservedMessage message) throws IOException {
        ConsumerRecord<String, byte[]> raw = (ConsumerRecord<String, byte[]>) message.raw();
        send(new ProducerRecord<>(raw.topic(), null, raw.timestamp(), raw.key(), raw.value(), raw.headers()));
    }

    private void send(ProducerRecord<String, byte[]> message) throws IOException {
        try {
            producer.send(message).get(SEND_SECONDS, TimeUnit.SECONDS);
        } catch (KafkaException | ExecutionException | TimeoutException e) {
            throw new IOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        }
    }

    private static ObservedMessage observed(ConsumerRecord<String, byte[]> raw) {
        return new ObservedMessage(
                raw.topic(),
                raw.key() == null ? "" : raw.key(),
                header(raw, "ce_id"),
                header(raw, "ce_type"),
                raw.value() == null ? new byte[0] : raw.value(),
                raw);
    }

    private static String header(ConsumerRecord<?, ?> raw, String name) {
        Header header = raw.headers().lastHeader(name);
        return header == null ? "" : new String(header.value(), UTF_8);
    }

    @Override
    public void close() {
        consumer.close(CloseOptions.timeout(Duration.ZERO));
        producer.close(Duration.ZERO);
    }
}

package io.orderflow.analytics.streams;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.orderflow.analytics.AnalyticsTopics;
import io.orderflow.analytics.TestAdapters;
import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.events.HighValueOrder;
import io.orderflow.events.Topics;
import io.orderflow.messaging.codec.JsonCodec;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.test.TestRecord;

/** The topology without Kafka, on a clock that tests set. */
final class TopologyDriver implements AutoCloseable {

    static final Duration DUPLICATES_WITHIN = Duration.ofDays(7);

    private final TopologyTestDriver driver;
    private final TestInputTopic<String, byte[]> orders;
    private final TestInputTopic<String, byte[]> redriven;
    private final TestOutputTopic<String, byte[]> results;
    private final TestOutputTopic<String, byte[]> highValue;
    private final List<TestRecord<String, byte[]>> resultsSoFar = new ArrayList<>();
    private final List<TestRecord<String, byte[]>> highValueSoFar = new ArrayList<>();
    private Instant now;

    TopologyDriver(Path state, Instant now) {
        this.now = now;
        StreamsBuilder builder = new StreamsBuilder();
        new OrderTopology(TestAdapters.RULES, () -> this.now, DUPLICATES_WITHIN).addTo(builder);
        Properties settings = new Properties();
        settings.put(StreamsConfig.APPLICATION_ID_CONFIG, "analytics");
        settings.put(StreamsConfig.STATE_DIR_CONFIG, state.toString());
        settings.put(StreamsConfig.ROCKSDB_CONFIG_SETTER_CLASS_CONFIG, BoundedMemory.class);
        driver = new TopologyTestDriver(builder.build(), settings, now);
        orders = driver.createInputTopic(Topics.ORDERS, new StringSerializer(), new ByteArraySerializer());
        redriven = driver.createInputTopic(OrderTopology.REDRIVEN, new StringSerializer(), new ByteArraySerializer());
        results = driver.createOutputTopic(
                AnalyticsTopics.RESULTS, new StringDeserializer(), new ByteArrayDeserializer());
        highValue = driver.createOutputTopic(
                Topics.HIGH_VALUE_ORDERS, new StringDeserializer(), new ByteArrayDeserializer());
    }

    void setTime(Instant time) {
        driver.advanceWallClockTime(Duration.between(now, time));
        now = time;
    }

    void send(OrderEventRecord event) {
        orders.pipeInput(new TestRecord<>(event.key(), event.json(), event.recordHeaders(), now));
    }

    void redrive(OrderEventRecord event) {
        redriven.pipeInput(new TestRecord<>(event.key(), event.json(), event.recordHeaders(), now));
    }

    List<CustomerTotals> totals() {
        return results(CustomerTotals.class, CustomerTotals.TYPE);
    }

    List<MinuteCount> minutes() {
        return results(MinuteCount.class, MinuteCount.TYPE);
    }

    List<SuspiciousOrder> suspicious() {
        return results(SuspiciousOrder.class, SuspiciousOrder.TYPE);
    }

    List<HighValueOrder> highValue() {
        highValueSoFar.addAll(highValue.readRecordsToList());
        return decoded(highValueSoFar, HighValueOrder.class, HighValueOrder.TYPE);
    }

    private <E> List<E> results(Class<E> event, String type) {
        resultsSoFar.addAll(results.readRecordsToList());
        return decoded(resultsSoFar, event, type);
    }

    private static <E> List<E> decoded(List<TestRecord<String, byte[]>> records, Class<E> event, String type) {
        return records.stream()
                .filter(record -> type.equals(
                        new String(record.headers().lastHeader("ce_type").value(), UTF_8)))
                .map(record -> JsonCodec.of(event).decode(record.value()))
                .toList();
    }

    @Override
    public void close() {
        driver.close();
    }
}

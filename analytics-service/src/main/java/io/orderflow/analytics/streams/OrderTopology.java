package io.orderflow.analytics.streams;

import io.orderflow.analytics.AnalyticsTopics;
import io.orderflow.analytics.domain.CustomerActivity;
import io.orderflow.analytics.domain.CustomerActivity.Change;
import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.OrderStep;
import io.orderflow.analytics.domain.OrderStep.Kind;
import io.orderflow.analytics.domain.Rules;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.events.HighValueOrder;
import io.orderflow.events.Topics;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsBuilder;
import org.apache.kafka.streams.kstream.Consumed;
import org.apache.kafka.streams.kstream.KStream;
import org.apache.kafka.streams.kstream.Materialized;
import org.apache.kafka.streams.kstream.Named;
import org.apache.kafka.streams.kstream.Produced;
import org.apache.kafka.streams.kstream.Repartitioned;
import org.apache.kafka.streams.kstream.TimeWindows;
import org.apache.kafka.streams.state.Stores;

/**
 * The topology:
 *
 * <pre>
 *   orders -> each event once -> by customer -+-> customers (state) -+-> analytics-results: totals of customers
 *                                             |                      '-> analytics-results: suspicious orders
 *                                             +-> over the limit ------> high-value-orders
 *                                             '-> by minute (windows) -> analytics-results: orders per minute
 * </pre>
 *
 * @param duplicatesWithin how long an event is remembered to recognise its duplicates
 */
record OrderTopology(Rules rules, InstantSource clock, Duration duplicatesWithin) {

    /** Where dead letters of the group are sent to be counted after all; see Topic.retryOf. */
    static final String REDRIVEN = "orders.analytics.retry";

    static final List<String> SOURCES = List.of(Topics.ORDERS, REDRIVEN);

    private static final Serde<String> KEY = Serdes.String();
    private static final Serde<OrderStep> STEP = JsonSerdes.of(OrderStep.class);
    private static final String ALL = "all";

    void addTo(StreamsBuilder builder) {
        builder.addStateStore(EventsOnce.store(duplicatesWithin));
        builder.addStateStore(Stores.keyValueStoreBuilder(
                Stores.persistentKeyValueStore(CustomerCounter.STORE), KEY, JsonSerdes.of(CustomerActivity.class)));
        KStream<String, OrderStep> steps = builder.stream(
                        SOURCES,
                        Consumed.with(KEY, Serdes.ByteArray())
                                .withTimestampExtractor((record, highest) -> CloudEvent.time(
                                                record.headers(), record.timestamp(), clock.instant())
                                        .toEpochMilli()))
                .process(() -> new EventsOnce(clock, duplicatesWithin), Named.as("each-event-once"), EventsOnce.STORE)
                .repartition(Repartitioned.with(KEY, STEP).withName("orders-by-customer"));
        countByCustomer(steps);
        publishHighValue(steps);
        countByMinute(steps);
    }

    private void countByCustomer(KStream<String, OrderStep> steps) {
        KStream<String, Change> changes =
                steps.processValues(() -> new CustomerCounter(rules), Named.as("by-customer"), CustomerCounter.STORE);
        changes.flatMapValues(Change::suspicious)
                .process(() -> new Envelope<>(SuspiciousOrder.class, SuspiciousOrder.TYPE, clock))
                .to(AnalyticsTopics.RESULTS, asBytes());
        // a table that is cached and not logged: of the totals of a customer between two commits, the last ones are
        // sent
        changes.mapValues(change -> change.activity().totals())
                .toTable(
                        Named.as("latest-totals"),
                        Materialized.<String, CustomerTotals>as(Stores.inMemoryKeyValueStore("latest-totals"))
                                .withKeySerde(KEY)
                                .withValueSerde(JsonSerdes.of(CustomerTotals.class))
                                .withCachingEnabled()
                                .withLoggingDisabled())
                .toStream()
                .process(() -> new Envelope<>(CustomerTotals.class, CustomerTotals.TYPE, clock))
                .to(AnalyticsTopics.RESULTS, asBytes());
    }

    private void publishHighValue(KStream<String, OrderStep> steps) {
        steps.flatMapValues(step -> rules.highValue(step).stream().toList())
                .process(
                        () -> new Envelope<>(HighValueOrder.class, HighValueOrder.TYPE, HighValueOrder::orderId, clock))
                .to(Topics.HIGH_VALUE_ORDERS, asBytes());
    }

    /** All orders of a minute meet in one partition. Where that is too slow, count each partition first, and then the sum. */
    private void countByMinute(KStream<String, OrderStep> steps) {
        steps.filter((customer, step) -> step.kind() == Kind.PLACED)
                .map((customer, step) -> KeyValue.pair(ALL, step.orderId()))
                .repartition(Repartitioned.with(KEY, KEY)
                        .withName("orders-by-minute")
                        .withNumberOfPartitions(1))
                .groupByKey()
                .windowedBy(TimeWindows.ofSizeAndGrace(MinuteCount.LENGTH, rules.lateness()))
                .count(Named.as("by-minute"), Materialized.as("orders-per-minute"))
                .toStream()
                .map((window, orders) -> KeyValue.pair(
                        window.window().startTime().toString(),
                        new MinuteCount(window.window().startTime(), orders)))
                .process(() -> new Envelope<>(MinuteCount.class, MinuteCount.TYPE, clock))
                .to(AnalyticsTopics.RESULTS, asBytes());
    }

    private static Produced<String, byte[]> asBytes() {
        return Produced.with(KEY, Serdes.ByteArray());
    }
}

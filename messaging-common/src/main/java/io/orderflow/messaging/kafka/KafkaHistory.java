package io.orderflow.messaging.kafka;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.HistoryStart;
import io.orderflow.messaging.MessageHistory;
import io.orderflow.messaging.MessagingException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.TopicUnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndTimestamp;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/**
 * Reads the partitions of a topic without a group, each from an offset to its end at the time of opening, and merges them by the time
 * at which their records were stored.
 */
final class KafkaHistory implements MessageHistory {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(3);
    private static final Duration POLL = Duration.ofMillis(500);

    /** The longest wait for records that exist. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    /** A partition of which so many records are fetched waits for the others. */
    private static final int MAX_FETCHED = 2_000;

    private final Consumer<String, byte[]> consumer;
    private final String topic;

    private final int atOnce;

    /** The end of each partition that is not fetched to its end. */
    private final Map<TopicPartition, Long> ends;

    private final Map<TopicPartition, Deque<ConsumerRecord<String, byte[]>>> fetched = new HashMap<>();

    private final long size;
    private final boolean truncated;

    private KafkaHistory(Consumer<String, byte[]> consumer, String topic, HistoryStart start, int atOnce) {
        this.consumer = consumer;
        this.topic = topic;
        this.atOnce = atOnce;
        List<TopicPartition> partitions = partitions(start);
        consumer.assign(partitions); // or the client warns when it looks up their ends
        Map<TopicPartition, Long> first = consumer.beginningOffsets(partitions);
        ends = new HashMap<>(consumer.endOffsets(partitions));
        Map<TopicPartition, Long> starts = starts(first, start);
        truncated = starts.entrySet().stream()
                .anyMatch(each -> each.getValue() <= first.get(each.getKey()) && first.get(each.getKey()) > 0);
        starts.replaceAll((partition, offset) -> Math.max(offset, first.get(partition)));
        size = ends.entrySet().stream()
                .mapToLong(each -> Math.max(0, each.getValue() - starts.get(each.getKey())))
                .sum();
        ends.entrySet().removeIf(each -> starts.get(each.getKey()) >= each.getValue());
        consumer.assign(ends.keySet());
        ends.keySet().forEach(partition -> {
            consumer.seek(partition, starts.get(partition));
            fetched.put(partition, new ArrayDeque<>());
        });
    }

    static KafkaHistory open(Supplier<Consumer<String, byte[]>> factory, Topic topic, HistoryStart start, int atOnce) {
        Consumer<String, byte[]> consumer = null;
        try {
            consumer = factory.get();
            return new KafkaHistory(consumer, topic.name(), start, atOnce);
        } catch (RuntimeException e) {
            close(consumer);
            throw e instanceof KafkaException
                    ? KafkaFailures.of("The history of topic '" + topic.name() + "' cannot be read from Kafka", e)
                    : e;
        }
    }

    private List<TopicPartition> partitions(HistoryStart start) {
        List<TopicPartition> all = consumer.partitionsFor(topic).stream()
                .map(each -> new TopicPartition(topic, each.partition()))
                .toList();
        if (all.isEmpty()) {
            throw new TopicUnavailableException("Kafka has no topic '" + topic + "', and so no history of it.", null);
        }
        String position = start.position();
        if (position == null) {
            return all;
        }
        List<TopicPartition> one =
                all.stream().filter(each -> position.startsWith(each + "@")).toList();
        if (one.isEmpty()) {
            throw HistoryStart.invalid(position, topic);
        }
        return one;
    }

    private Map<TopicPartition, Long> starts(Map<TopicPartition, Long> first, HistoryStart start) {
        if (start.position() != null) {
            long offset = HistoryStart.offset(start.position(), topic);
            return first.keySet().stream().collect(Collectors.toMap(each -> each, each -> offset));
        }
        Map<TopicPartition, Long> starts = new HashMap<>(first);
        if (start.time() != null) {
            long time = start.time().toEpochMilli();
            Map<TopicPartition, OffsetAndTimestamp> found = consumer.offsetsForTimes(
                    first.keySet().stream().collect(Collectors.toMap(each -> each, each -> time)));
            starts.replaceAll((partition, any) -> {
                OffsetAndTimestamp at = found.get(partition);
                return at == null ? ends.get(partition) : Long.valueOf(at.offset());
            });
        }
        return starts;
    }

    @Override
    public long size() {
        return size;
    }

    @Override
    public boolean isTruncated() {
        return truncated;
    }

    @Override
    public List<Delivery<String, byte[]>> next() {
        List<Delivery<String, byte[]>> next = new ArrayList<>();
        try {
            while (next.size() < atOnce) {
                ConsumerRecord<String, byte[]> record = earliest();
                if (record == null) {
                    break;
                }
                next.add(KafkaRecords.toDelivery(record, record.topic() + "-" + record.partition() + "@"));
            }
            return next;
        } catch (KafkaException e) {
            throw KafkaFailures.of("The history of topic '" + topic + "' cannot be read from Kafka", e);
        }
    }

    /** The record that was stored first, of all partitions; null at the end. */
    private @Nullable ConsumerRecord<String, byte[]> earliest() {
        fetch();
        Deque<ConsumerRecord<String, byte[]>> first = null;
        for (Deque<ConsumerRecord<String, byte[]>> each : fetched.values()) {
            if (!each.isEmpty()
                    && (first == null
                            || each.element().timestamp() < first.element().timestamp())) {
                first = each;
            }
        }
        return first == null ? null : first.remove();
    }

    /** Fetches until there is a record of each partition that is not read to its end. */
    private void fetch() {
        long deadline = 0;
        while (isAnyNeeded()) {
            deadline = deadline == 0 ? System.nanoTime() + PATIENCE.toNanos() : deadline;
            for (ConsumerRecord<String, byte[]> each : consumer.poll(POLL)) {
                TopicPartition partition = new TopicPartition(each.topic(), each.partition());
                if (each.offset() < ends.getOrDefault(partition, 0L)) {
                    fetched.get(partition).add(each);
                }
            }
            ends.entrySet().removeIf(each -> consumer.position(each.getKey()) >= each.getValue());
            Set<TopicPartition> paused = new HashSet<>(consumer.assignment());
            paused.removeIf(each -> ends.containsKey(each) && fetched.get(each).size() < MAX_FETCHED);
            consumer.resume(consumer.paused());
            consumer.pause(paused);
            if (System.nanoTime() - deadline > 0) {
                throw new MessagingException(
                        "Kafka did not return all of topic '" + topic + "' within " + PATIENCE.toSeconds()
                                + " s: the ends " + ends + " were not reached.",
                        null);
            }
        }
    }

    private boolean isAnyNeeded() {
        for (TopicPartition each : ends.keySet()) {
            if (fetched.get(each).isEmpty()) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() {
        close(consumer);
    }

    private static void close(@Nullable Consumer<String, byte[]> consumer) {
        if (consumer == null) {
            return;
        }
        boolean interrupted = Thread.interrupted();
        try {
            consumer.close(CloseOptions.timeout(CLOSE_TIMEOUT));
        } catch (KafkaException e) {
            // there is no group that would have to learn of it
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}

package io.orderflow.messaging.kafka;

import io.orderflow.messaging.Delivery;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RebalanceInProgressException;
import org.apache.kafka.common.errors.TimeoutException;

/**
 * Reads the partitions that the group assigns to the member. Commits exactly what it returned. Rebalances are cooperative:
 * partitions that stay are read without a pause. Messages of a revoked partition are left out of the next commit.
 */
final class ConsumerGroupReader implements KafkaReader, ConsumerRebalanceListener {

    private static final Duration REBALANCE_STEP = Duration.ofMillis(50);
    private static final int MAX_REBALANCE_STEPS = 200;

    private final Consumer<String, byte[]> client;
    private final Map<TopicPartition, OffsetAndMetadata> polled = new HashMap<>();
    private boolean committing;
    private boolean paused;
    private boolean revoked;

    ConsumerGroupReader(Consumer<String, byte[]> client, Collection<String> topics) {
        this.client = client;
        client.subscribe(topics, this);
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        ConsumerRecords<String, byte[]> records = client.poll(timeout);
        List<Delivery<String, byte[]>> deliveries = new ArrayList<>(records.count());
        for (TopicPartition partition : records.partitions()) {
            List<ConsumerRecord<String, byte[]>> some = records.records(partition);
            String positions = partition + "@";
            some.forEach(record -> deliveries.add(KafkaRecords.toDelivery(record, positions)));
            ConsumerRecord<String, byte[]> last = some.get(some.size() - 1);
            polled.put(partition, new OffsetAndMetadata(last.offset() + 1, last.leaderEpoch(), ""));
        }
        return deliveries;
    }

    /** Kafka refuses commits during a rebalance, which makes progress only while the member polls. */
    @Override
    public boolean commit() {
        for (int step = 0; !polled.isEmpty(); step++) {
            try {
                client.commitSync(polled);
                polled.clear();
            } catch (RebalanceInProgressException e) {
                if (step == MAX_REBALANCE_STEPS) {
                    throw e;
                }
                committing = true;
                try {
                    pollPaused(REBALANCE_STEP);
                } finally {
                    committing = false;
                }
            }
        }
        boolean complete = !revoked;
        revoked = false;
        return complete;
    }

    /** A member that does not poll stays in the group, but delays every rebalance. The commit reports what was revoked. */
    @Override
    public boolean keepAlive() {
        pollPaused(Duration.ZERO);
        return true;
    }

    private void pollPaused(Duration timeout) {
        paused = true;
        try {
            client.pause(client.assignment());
            client.poll(timeout);
        } finally {
            paused = false;
            client.resume(client.paused());
        }
    }

    /** Needs no request while the topic exists. */
    @Override
    public boolean isDeleted(String topic) {
        try {
            return client.partitionsFor(topic, REBALANCE_STEP).isEmpty();
        } catch (TimeoutException noAnswer) {
            return false;
        }
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return client.metrics();
    }

    @Override
    public void close(Duration timeout) {
        client.close(CloseOptions.timeout(timeout));
    }

    /** Like the next two, called by the client on the polling thread, during poll, commit or close. */
    @Override
    public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
        if (paused) {
            client.pause(partitions);
        }
    }

    @Override
    public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
        if (committing) {
            Map<TopicPartition, OffsetAndMetadata> done = new HashMap<>(polled);
            done.keySet().retainAll(partitions);
            client.commitSync(done);
            polled.keySet().removeAll(partitions);
        } else {
            onPartitionsLost(partitions);
        }
    }

    @Override
    public void onPartitionsLost(Collection<TopicPartition> partitions) {
        revoked |= polled.keySet().removeAll(partitions);
    }
}

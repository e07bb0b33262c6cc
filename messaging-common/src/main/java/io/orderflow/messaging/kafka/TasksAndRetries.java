package io.orderflow.messaging.kafka;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Topic;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Reads a work queue in a share group and its retries in a consumer group, in turn. In one share group Kafka would count the
 * partitions of both topics, and assign that of the work queue to a part of the members.
 */
final class TasksAndRetries implements KafkaReader {

    /** After retries, so that a backlog of retries alone is read without long pauses. */
    private static final Duration SHORT = Duration.ofMillis(50);

    private final KafkaReader tasks;
    private final KafkaReader retries;
    private boolean retriesWereLast;

    TasksAndRetries(KafkaReader tasks, KafkaReader retries) {
        this.tasks = tasks;
        this.retries = retries;
    }

    @Override
    public List<Delivery<String, byte[]>> poll(Duration timeout) {
        boolean tasksNext = retriesWereLast;
        retriesWereLast = false;
        if (!tasksNext) {
            List<Delivery<String, byte[]>> polled = retries.poll(Duration.ZERO);
            if (!polled.isEmpty()) {
                retriesWereLast = true;
                return polled;
            }
        }
        return tasks.poll(tasksNext && timeout.compareTo(SHORT) > 0 ? SHORT : timeout);
    }

    @Override
    public boolean keepAlive() {
        boolean kept = tasks.keepAlive();
        return retries.keepAlive() && kept;
    }

    @Override
    public boolean commit() {
        boolean complete = tasks.commit();
        return retries.commit() && complete;
    }

    @Override
    public boolean isDeleted(String topic) {
        return Topic.named(topic).isRetries() && retries.isDeleted(topic);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return tasks.metrics();
    }

    @Override
    public void close(Duration timeout) {
        try {
            tasks.close(timeout);
        } finally {
            retries.close(timeout);
        }
    }
}

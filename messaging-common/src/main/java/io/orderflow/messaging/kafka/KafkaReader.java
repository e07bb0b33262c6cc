package io.orderflow.messaging.kafka;

import io.orderflow.messaging.Delivery;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * How a member reads: in a consumer group or in a share group. Has a client of its own, and throws that client's exceptions; {@link
 * KafkaMessageConsumer} translates them.
 */
interface KafkaReader {

    List<Delivery<String, byte[]>> poll(Duration timeout);

    /** Keeps the member in its group. Returns false if messages that it has polled were revoked, and are delivered again. */
    boolean keepAlive();

    /** Commits what was polled. Returns false if some of it was revoked before, and is delivered again. */
    boolean commit();

    /** Whether the broker has deleted a topic. */
    boolean isDeleted(String topic);

    /** The client's metrics. */
    Map<MetricName, ? extends Metric> metrics();

    /** Leaves the group and closes the client. */
    void close(Duration timeout);
}

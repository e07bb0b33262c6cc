package io.orderflow.messaging.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Detects that no broker responds to a consumer. Kafka's client reconnects by itself, and its polls return nothing, as on an
 * idle topic. But on an idle topic brokers respond to heartbeats and fetches, so the client's count of received bytes grows.
 */
final class ResponseMonitor {

    private static final String RECEIVED_BYTES = "incoming-byte-total";
    private static final String GROUP = "consumer-metrics";

    /** The most that counts between two checks: a process that was suspended, or did not poll, received nothing either. */
    private static final long MAX_STEP = Duration.ofSeconds(1).toNanos();

    private final @Nullable Metric receivedBytes;
    private final long timeout;
    private double lastBytes;
    private long lastCheck;
    private long withoutResponse;

    /** @param metrics the client's; without the one needed here, a time-out is never detected */
    ResponseMonitor(Map<MetricName, ? extends Metric> metrics, Duration timeout, long now) {
        this.receivedBytes = metrics.values().stream()
                .filter(each -> each.metricName().name().equals(RECEIVED_BYTES))
                .filter(each -> each.metricName().group().equals(GROUP))
                .findAny()
                .orElse(null);
        this.timeout = timeout.toNanos();
        this.lastCheck = now;
    }

    /** Whether nothing was received for longer than the time-out. To be called after each poll without a message. */
    boolean isTimedOut(long now) {
        if (receivedBytes == null) {
            return false;
        }
        double bytes = ((Number) receivedBytes.metricValue()).doubleValue();
        withoutResponse = bytes == lastBytes ? withoutResponse + Math.min(now - lastCheck, MAX_STEP) : 0;
        lastBytes = bytes;
        lastCheck = now;
        return withoutResponse > timeout;
    }
}

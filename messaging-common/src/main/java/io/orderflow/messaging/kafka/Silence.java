package io.orderflow.messaging.kafka;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.jspecify.annotations.Nullable;

/**
 * Notices that no broker answers a member. Kafka's client reconnects by itself and its polls just return nothing, as in an
 * idle topic; but there the brokers answer each heartbeat and each fetch, so that bytes keep coming in.
 */
final class Silence {

    private static final String BYTES_IN = "incoming-byte-total";
    private static final String GROUP = "consumer-metrics";

    /** What counts at most of the time between two questions: a process that was frozen, or did not poll, heard nothing either. */
    private static final long STEP = Duration.ofSeconds(1).toNanos();

    private final @Nullable Metric bytesIn;
    private final long longest;
    private double heard;
    private long asked;
    private long silent;

    /** @param metrics the client's own; without the one that is needed, nothing is ever noticed */
    Silence(Map<MetricName, ? extends Metric> metrics, Duration longest, long now) {
        this.bytesIn = metrics.values().stream()
                .filter(each -> each.metricName().name().equals(BYTES_IN))
                .filter(each -> each.metricName().group().equals(GROUP))
                .findAny()
                .orElse(null);
        this.longest = longest.toNanos();
        this.asked = now;
    }

    /** Whether nothing at all has come in for too long. To be asked after each poll without a message, and polls are short. */
    boolean isTooLong(long now) {
        if (bytesIn == null) {
            return false;
        }
        double bytes = ((Number) bytesIn.metricValue()).doubleValue();
        silent = bytes == heard ? silent + Math.min(now - asked, STEP) : 0;
        heard = bytes;
        asked = now;
        return silent > longest;
    }
}

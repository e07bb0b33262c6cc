package io.orderflow.messaging.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class ResponseMonitorTest {

    private static final MetricName BYTES_IN = new MetricName("incoming-byte-total", "consumer-metrics", "", Map.of());

    private double bytes = 17;
    private long now;
    private final ResponseMonitor monitor =
            new ResponseMonitor(Map.of(BYTES_IN, bytesIn()), Duration.ofSeconds(15), now);

    @Test
    void brokers_that_respond_are_available() {
        for (int second = 0; second < 60; second++) {
            bytes++;
            assertThat(isTimedOutAfter(Duration.ofSeconds(1))).isFalse();
        }
    }

    @Test
    void brokers_without_a_response_are_unavailable_after_the_timeout() {
        for (int second = 0; second <= 15; second++) {
            assertThat(isTimedOutAfter(Duration.ofSeconds(1))).isFalse();
        }
        assertThat(isTimedOutAfter(Duration.ofSeconds(1))).isTrue();

        bytes++;
        assertThat(isTimedOutAfter(Duration.ofSeconds(1)))
                .as("they respond again")
                .isFalse();
    }

    @Test
    void the_time_in_which_the_process_was_suspended_does_not_count() {
        isTimedOutAfter(Duration.ofSeconds(1));

        assertThat(isTimedOutAfter(Duration.ofMinutes(10))).isFalse();
    }

    @Test
    void without_the_metric_no_timeout_is_detected() {
        assertThat(new ResponseMonitor(Map.of(), Duration.ZERO, 0).isTimedOut(Long.MAX_VALUE))
                .isFalse();
    }

    private boolean isTimedOutAfter(Duration pause) {
        now += pause.toNanos();
        return monitor.isTimedOut(now);
    }

    private Metric bytesIn() {
        return new Metric() {
            @Override
            public MetricName metricName() {
                return BYTES_IN;
            }

            @Override
            public Object metricValue() {
                return bytes;
            }
        };
    }
}

package io.orderflow.messaging.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class SilenceTest {

    private static final MetricName BYTES_IN = new MetricName("incoming-byte-total", "consumer-metrics", "", Map.of());

    private double bytes = 17;
    private long now;
    private final Silence silence = new Silence(Map.of(BYTES_IN, bytesIn()), Duration.ofSeconds(15), now);

    @Test
    void brokers_that_answer_are_available_however_little_they_say() {
        for (int second = 0; second < 60; second++) {
            bytes++;
            assertThat(isTooLongAfter(Duration.ofSeconds(1))).isFalse();
        }
    }

    @Test
    void brokers_that_send_nothing_for_too_long_are_unavailable() {
        for (int second = 0; second <= 15; second++) {
            assertThat(isTooLongAfter(Duration.ofSeconds(1))).isFalse();
        }
        assertThat(isTooLongAfter(Duration.ofSeconds(1))).isTrue();

        bytes++;
        assertThat(isTooLongAfter(Duration.ofSeconds(1))).as("they are back").isFalse();
    }

    @Test
    void a_process_that_was_frozen_does_not_take_its_brokers_for_unavailable() {
        isTooLongAfter(Duration.ofSeconds(1));

        assertThat(isTooLongAfter(Duration.ofMinutes(10))).isFalse();
    }

    @Test
    void a_client_without_this_metric_is_believed() {
        assertThat(new Silence(Map.of(), Duration.ZERO, 0).isTooLong(Long.MAX_VALUE))
                .isFalse();
    }

    private boolean isTooLongAfter(Duration pause) {
        now += pause.toNanos();
        return silence.isTooLong(now);
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

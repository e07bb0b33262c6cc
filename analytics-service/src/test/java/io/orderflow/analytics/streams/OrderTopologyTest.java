package io.orderflow.analytics.streams;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.events.HighValueOrder;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderTopologyTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @TempDir
    Path state;

    private TopologyDriver topology;

    @BeforeEach
    void start() {
        topology = new TopologyDriver(state, NOON.plus(Duration.ofDays(2)));
    }

    @AfterEach
    void stop() {
        topology.close();
    }

    @Test
    void orders_and_revenue_of_each_customer_are_counted() {
        topology.send(OrderEventRecord.placed("1", "a", "ada", "10.00", NOON));
        topology.send(OrderEventRecord.placed("2", "b", "grace", "20.00", NOON));
        topology.send(OrderEventRecord.confirmed("3", "a", "ada", "10.00", NOON.plusSeconds(1)));

        assertThat(topology.totals())
                .contains(
                        new CustomerTotals("ada", 1, 1, new BigDecimal("10.00")),
                        new CustomerTotals("grace", 1, 0, BigDecimal.ZERO));
    }

    @Test
    void an_order_over_the_limit_is_published() {
        topology.send(OrderEventRecord.placed("1", "a", "ada", "1000.00", NOON));
        topology.send(OrderEventRecord.placed("2", "b", "ada", "1000.01", NOON));

        assertThat(topology.highValue())
                .containsExactly(new HighValueOrder("b", "ada", new BigDecimal("1000.01"), NOON));
    }

    @Test
    void the_third_order_within_a_minute_is_suspicious_also_if_an_earlier_one_is_late() {
        topology.send(OrderEventRecord.placed("1", "a", "ada", "1", NOON));
        topology.send(OrderEventRecord.placed("3", "c", "ada", "1", NOON.plusSeconds(59)));
        topology.send(OrderEventRecord.placed("2", "b", "ada", "1", NOON.plusSeconds(30)));
        topology.send(OrderEventRecord.placed("4", "d", "ada", "1", NOON.plusSeconds(90)));

        assertThat(topology.suspicious()).containsExactly(new SuspiciousOrder("c", "ada", NOON.plusSeconds(59)));
    }

    @Test
    void orders_are_counted_in_their_minute_however_late_up_to_a_day() {
        topology.send(OrderEventRecord.placed("1", "a", "ada", "1", NOON.plus(Duration.ofHours(24))));
        topology.send(OrderEventRecord.placed("2", "b", "ada", "1", NOON));
        topology.send(OrderEventRecord.placed("3", "c", "ada", "1", NOON.plusSeconds(59)));
        topology.send(OrderEventRecord.placed("4", "d", "ada", "1", NOON.minusSeconds(60)));

        assertThat(topology.minutes())
                .endsWith(new MinuteCount(NOON, 2))
                .noneMatch(count -> count.minute().isBefore(NOON));
    }

    @Test
    void a_duplicate_is_counted_once_also_days_later() {
        OrderEventRecord event = OrderEventRecord.placed("1", "a", "ada", "2000", NOON);
        topology.send(event);
        topology.send(event);
        topology.setTime(NOON.plus(Duration.ofDays(8)));
        topology.send(event);

        assertThat(topology.totals()).containsExactly(new CustomerTotals("ada", 1, 0, BigDecimal.ZERO));
        assertThat(topology.highValue()).hasSize(1);
    }

    @Test
    void events_that_cannot_be_counted_are_left_out() {
        topology.send(OrderEventRecord.of("1", "a", "order.created.v1", NOON, "{\"orderId\": ".getBytes(UTF_8)));
        topology.send(OrderEventRecord.of("2", "a", "order.exploded.v1", NOON, "{}".getBytes(UTF_8)));
        topology.send(OrderEventRecord.placed("3", "a", "no customer", "1", NOON));
        topology.send(new OrderEventRecord("a", Map.of(), "[]".getBytes(UTF_8)));

        assertThat(topology.totals()).isEmpty();
    }

    @Test
    void a_dead_letter_that_is_redriven_is_counted() {
        topology.redrive(OrderEventRecord.placed("1", "a", "ada", "1", NOON));

        assertThat(topology.totals()).hasSize(1);
    }

    @Test
    void plain_json_is_recognised_by_its_key() {
        byte[] json = OrderEventRecord.placed("1", "a", "ada", "1", NOON).json();
        topology.send(new OrderEventRecord("order.created.express", Map.of(), json));

        assertThat(topology.totals()).hasSize(1);
    }
}

package io.orderflow.analytics.usecases;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.analytics.TestAdapters;
import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.OrderStep;
import io.orderflow.analytics.domain.OrderStep.Kind;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.events.HighValueOrder;
import io.orderflow.messaging.testkit.service.RecordedEvents;
import io.orderflow.messaging.testkit.service.UseCaseTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@UseCaseTest
@Import(TestAdapters.class)
class CountOrdersTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    @Autowired
    CountOrders orders;

    @Autowired
    RecordResults results;

    @Autowired
    ViewResults view;

    @Autowired
    RecordedEvents events;

    @Autowired
    TransactionTemplate transactions;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void startAfresh() {
        jdbc.sql("truncate customer, orders_per_minute, suspicious_order, high_value_order")
                .update();
        events.all().clear();
    }

    @Test
    void an_order_is_counted_for_its_customer_and_in_its_minute() {
        count(Kind.PLACED, "a", 10, "99.50");
        count(Kind.PLACED, "b", 70, "0.50");
        count(Kind.CONFIRMED, "a", 71, "99.50");

        assertThat(view.customer("ada")).contains(new CustomerTotals("ada", 2, 1, new BigDecimal("99.50")));
        assertThat(view.customer("grace")).isEmpty();
        assertThat(view.ordersPerMinute(null, 10))
                .containsExactly(new MinuteCount(NOON.plusSeconds(60), 1), new MinuteCount(NOON, 1));
    }

    @Test
    void a_late_order_is_counted_in_its_own_minute_unless_it_is_too_late() {
        count(Kind.PLACED, "new", (int) Duration.ofHours(24).toSeconds() + 1, "1");
        count(Kind.PLACED, "late", 59, "1");
        count(Kind.PLACED, "too-late", -1, "1");

        assertThat(view.ordersPerMinute(null, 10))
                .extracting(MinuteCount::minute)
                .containsExactly(NOON.plus(Duration.ofHours(24)), NOON);
        assertThat(view.customer("ada").orElseThrow().orders()).isEqualTo(3);
    }

    @Test
    void the_third_order_within_a_minute_is_in_the_audit() {
        count(Kind.PLACED, "a", 0, "1");
        count(Kind.PLACED, "b", 50, "1");
        count(Kind.PLACED, "c", 59, "1");

        SuspiciousOrder third = new SuspiciousOrder("c", "ada", NOON.plusSeconds(59));
        assertThat(view.suspicious(null, null, 10)).containsExactly(third);
        assertThat(view.suspicious("ada", null, 10)).containsExactly(third);
        assertThat(view.suspicious("grace", null, 10)).isEmpty();
    }

    @Test
    void several_steps_at_once_count_as_one_after_the_other() {
        transactions.executeWithoutResult(transaction -> orders.count(List.of(
                step(Kind.PLACED, "a", "ada", 0),
                step(Kind.PLACED, "b", "grace", 1),
                step(Kind.PLACED, "c", "ada", 30),
                step(Kind.CONFIRMED, "a", "ada", 31),
                step(Kind.PLACED, "d", "ada", 59))));

        assertThat(view.customer("ada")).contains(new CustomerTotals("ada", 3, 1, new BigDecimal("1.00")));
        assertThat(view.customer("grace").orElseThrow().orders()).isEqualTo(1);
        assertThat(view.suspicious(null, null, 10))
                .extracting(SuspiciousOrder::orderId)
                .containsExactly("d");
        assertThat(view.ordersPerMinute(null, 10)).containsExactly(new MinuteCount(NOON, 4));
    }

    private static OrderStep step(Kind kind, String orderId, String customerId, int second) {
        return new OrderStep(kind, orderId, customerId, new BigDecimal("1.00"), NOON.plusSeconds(second));
    }

    @Test
    void an_order_of_a_high_value_is_published() {
        count(Kind.PLACED, "a", 0, "1000");
        count(Kind.PLACED, "b", 1, "1000.01");

        assertThat(events.of(HighValueOrder.class))
                .containsExactly(new HighValueOrder("b", "ada", new BigDecimal("1000.01"), NOON.plusSeconds(1)));
    }

    @Test
    void orders_counted_at_once_are_all_counted() {
        CompletableFuture.allOf(IntStream.range(0, 40)
                        .mapToObj(i -> CompletableFuture.runAsync(
                                () -> count(Kind.PLACED, "order-" + i, i * 60, "1"), run -> new Thread(run).start()))
                        .toArray(CompletableFuture[]::new))
                .join();

        assertThat(view.customer("ada").orElseThrow().orders()).isEqualTo(40);
        assertThat(view.ordersPerMinute(null, 100)).hasSize(40);
    }

    @Test
    void a_result_that_arrives_again_or_after_a_later_one_changes_nothing() {
        CustomerTotals later = new CustomerTotals("ada", 2, 1, BigDecimal.TEN);
        results.record(later);
        results.record(new CustomerTotals("ada", 1, 1, BigDecimal.TEN));
        results.record(new MinuteCount(NOON, 7));
        results.record(new MinuteCount(NOON, 6));
        SuspiciousOrder suspicious = new SuspiciousOrder("a", "ada", NOON);
        results.record(suspicious);
        results.record(suspicious);
        HighValueOrder highValue = new HighValueOrder("a", "ada", new BigDecimal("2000.00"), NOON);
        results.record(highValue);
        results.record(highValue);

        assertThat(view.customer("ada")).contains(later);
        assertThat(view.ordersPerMinute(null, 10)).containsExactly(new MinuteCount(NOON, 7));
        assertThat(view.suspicious("ada", null, 10)).containsExactly(suspicious);
        assertThat(view.highValue("ada", null, 10)).containsExactly(highValue);
    }

    private void count(Kind kind, String orderId, int second, String total) {
        OrderStep step = new OrderStep(kind, orderId, "ada", new BigDecimal(total), NOON.plusSeconds(second));
        transactions.executeWithoutResult(transaction -> orders.count(List.of(step)));
    }
}

package io.orderflow.analytics.usecases;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.analytics.TestAdapters;
import io.orderflow.analytics.domain.Difference;
import io.orderflow.analytics.domain.OrderStep;
import io.orderflow.analytics.domain.OrderStep.Kind;
import io.orderflow.events.HighValueOrder;
import io.orderflow.messaging.testkit.service.RecordedEvents;
import io.orderflow.messaging.testkit.service.UseCaseTest;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

@UseCaseTest
@Import(TestAdapters.class)
class RebuildResultsTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");
    private static final List<OrderStep> STEPS = List.of(
            step(Kind.PLACED, "a", 0, "1"),
            step(Kind.PLACED, "b", 10, "20.50"),
            step(Kind.CONFIRMED, "b", 11, "20.50"),
            step(Kind.PLACED, "c", 20, "1000.01"));

    @Autowired
    CountOrders live;

    @Autowired
    RecordResults results;

    @Autowired
    RebuildResults rebuilt;

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
        transactions.executeWithoutResult(transaction -> rebuilt.clear());
        events.all().clear();
        STEPS.forEach(each -> inTransaction(live::count, each));
        events.of(HighValueOrder.class).forEach(results::record);
        events.all().clear();
    }

    @Test
    void what_is_counted_again_is_the_same_and_changes_nothing_live() {
        assertThat(rebuilt.differences(null, 100)).hasSize(4);

        STEPS.forEach(each -> inTransaction(rebuilt::count, each));

        assertThat(rebuilt.differences(null, 100)).isEmpty();
        assertThat(events.all()).isEmpty();
    }

    @Test
    void a_difference_shows_both_figures() {
        STEPS.subList(1, 4).forEach(each -> inTransaction(rebuilt::count, each));

        assertThat(rebuilt.differences(null, 100))
                .containsExactly(
                        new Difference(
                                "customer",
                                "ada",
                                "{\"orders\": 3, \"revenue\": 20.50, \"confirmed\": 1}",
                                "{\"orders\": 2, \"revenue\": 20.50, \"confirmed\": 1}"),
                        new Difference("minute", "2026-11-21T12:00Z", "{\"orders\": 3}", "{\"orders\": 2}"),
                        rebuilt.differences("minute 2026-11-21T12:00Z", 1).get(0));
        assertThat(rebuilt.differences("minute 2026-11-21T12:00Z", 1).get(0)).satisfies(each -> {
            assertThat(each.result()).isEqualTo("suspicious order");
            assertThat(each.id()).isEqualTo("c");
            assertThat(each.rebuilt()).isNull();
        });
    }

    @Test
    void an_order_is_counted_in_its_minute_whenever_it_is_read() {
        OrderStep old = step(Kind.PLACED, "old", (int) Duration.ofDays(-3).toSeconds(), "1");
        STEPS.forEach(each -> inTransaction(rebuilt::count, each));
        inTransaction(live::count, old);
        inTransaction(rebuilt::count, old);

        assertThat(rebuilt.differences(null, 100))
                .extracting(Difference::result)
                .containsExactly("minute");
    }

    private void inTransaction(Consumer<List<OrderStep>> count, OrderStep step) {
        transactions.executeWithoutResult(transaction -> count.accept(List.of(step)));
    }

    private static OrderStep step(Kind kind, String orderId, int second, String total) {
        return new OrderStep(kind, orderId, "ada", new BigDecimal(total), NOON.plusSeconds(second));
    }
}

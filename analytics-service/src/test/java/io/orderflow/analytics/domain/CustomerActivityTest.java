package io.orderflow.analytics.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.analytics.TestAdapters;
import io.orderflow.analytics.domain.CustomerActivity.Change;
import io.orderflow.analytics.domain.OrderStep.Kind;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class CustomerActivityTest {

    private static final Instant NOON = Instant.parse("2026-11-21T12:00:00Z");

    private final Set<String> suspicious = new HashSet<>();
    private CustomerActivity activity = CustomerActivity.none("ada");

    @Test
    void orders_are_counted_when_placed_and_add_to_the_revenue_when_confirmed() {
        apply(placed("a", 0));
        apply(placed("b", 90));
        apply(new OrderStep(Kind.CONFIRMED, "a", "ada", new BigDecimal("19.99"), NOON));

        assertThat(activity.totals()).isEqualTo(new CustomerTotals("ada", 2, 1, new BigDecimal("19.99")));
    }

    @Test
    void the_third_order_within_a_minute_is_suspicious() {
        apply(placed("a", 0));
        apply(placed("b", 30));
        assertThat(suspicious).isEmpty();
        apply(placed("c", 59));

        assertThat(suspicious).containsExactly("c");
    }

    @Test
    void the_third_order_after_a_whole_minute_is_not() {
        apply(placed("a", 0));
        apply(placed("b", 30));
        apply(placed("c", 60));

        assertThat(suspicious).isEmpty();
    }

    @Test
    void a_confirmation_is_no_order() {
        apply(placed("a", 0));
        apply(placed("b", 1));
        apply(new OrderStep(Kind.CONFIRMED, "a", "ada", BigDecimal.ONE, NOON.plusSeconds(2)));

        assertThat(suspicious).isEmpty();
    }

    @Test
    void a_late_order_shows_that_a_later_one_was_suspicious() {
        apply(placed("b", 30));
        apply(placed("c", 59));
        apply(placed("a", 0));

        assertThat(suspicious).containsExactly("c");
    }

    @Test
    void an_order_is_reported_once() {
        List<String> reported = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Change change = activity.after(placed("order-" + i, i), TestAdapters.RULES);
            activity = change.activity();
            change.suspicious().forEach(order -> reported.add(order.orderId()));
        }

        assertThat(reported).doesNotHaveDuplicates().hasSize(48);
    }

    @Test
    void the_state_does_not_grow_for_ever() {
        for (int i = 0; i < 1_000; i++) {
            apply(placed("order-" + i, i));
        }

        assertThat(activity.recent())
                .hasSize(CustomerActivity.REMEMBERED)
                .contains(new RecentOrder("order-999", NOON.plusSeconds(999)));
        assertThat(activity.totals().orders()).isEqualTo(1_000);
    }

    @Test
    void the_same_orders_give_the_same_result_in_any_order() {
        Random random = new Random(7);
        List<OrderStep> steps = new ArrayList<>();
        for (int i = 0; i < CustomerActivity.REMEMBERED; i++) {
            steps.add(placed("order-" + i, random.nextInt(300)));
        }
        steps.forEach(this::apply);
        Set<String> expected = Set.copyOf(suspicious);
        CustomerActivity expectedActivity = activity;
        assertThat(expected).isNotEmpty();

        for (int i = 0; i < 100; i++) {
            Collections.shuffle(steps, random);
            suspicious.clear();
            activity = CustomerActivity.none("ada");
            steps.forEach(this::apply);

            assertThat(suspicious).isEqualTo(expected);
            assertThat(activity).isEqualTo(expectedActivity);
        }
    }

    private void apply(OrderStep step) {
        Change change = activity.after(step, TestAdapters.RULES);
        activity = change.activity();
        change.suspicious().forEach(order -> suspicious.add(order.orderId()));
    }

    private static OrderStep placed(String orderId, int second) {
        return new OrderStep(Kind.PLACED, orderId, "ada", BigDecimal.ONE, NOON.plusSeconds(second));
    }
}

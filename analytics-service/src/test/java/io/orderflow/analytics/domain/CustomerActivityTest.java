package io.orderflow.analytics.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.analytics.domain.CustomerActivity.Change;
import io.orderflow.analytics.domain.OrderStep.Kind;
import java.math.BigDecimal;
import java.time.Duration;
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
    private static final Rules RULES =
            new Rules(new BigDecimal("1000"), 3, Duration.ofMinutes(1), Duration.ofHours(24));

    private final Set<String> suspicious = new HashSet<>();
    private CustomerActivity activity = CustomerActivity.none("ada");

    @Test
    void ordersAreCountedWhenPlacedAndAddToTheRevenueWhenConfirmed() {
        apply(placed("a", 0));
        apply(placed("b", 90));
        apply(new OrderStep(Kind.CONFIRMED, "a", "ada", new BigDecimal("19.99"), NOON));

        assertThat(activity.totals()).isEqualTo(new CustomerTotals("ada", 2, 1, new BigDecimal("19.99")));
    }

    @Test
    void theThirdOrderWithinAMinuteIsSuspicious() {
        apply(placed("a", 0));
        apply(placed("b", 30));
        assertThat(suspicious).isEmpty();
        apply(placed("c", 59));

        assertThat(suspicious).containsExactly("c");
    }

    @Test
    void theThirdOrderAfterAWholeMinuteIsNot() {
        apply(placed("a", 0));
        apply(placed("b", 30));
        apply(placed("c", 60));

        assertThat(suspicious).isEmpty();
    }

    @Test
    void aConfirmationIsNoOrder() {
        apply(placed("a", 0));
        apply(placed("b", 1));
        apply(new OrderStep(Kind.CONFIRMED, "a", "ada", BigDecimal.ONE, NOON.plusSeconds(2)));

        assertThat(suspicious).isEmpty();
    }

    @Test
    void aLateOrderShowsThatALaterOneWasSuspicious() {
        apply(placed("b", 30));
        apply(placed("c", 59));
        apply(placed("a", 0));

        assertThat(suspicious).containsExactly("c");
    }

    @Test
    void anOrderIsReportedOnce() {
        List<String> reported = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            Change change = activity.after(placed("order-" + i, i), RULES);
            activity = change.activity();
            change.suspicious().forEach(order -> reported.add(order.orderId()));
        }

        assertThat(reported).doesNotHaveDuplicates().hasSize(48);
    }

    @Test
    void theStateDoesNotGrowForEver() {
        for (int i = 0; i < 1_000; i++) {
            apply(placed("order-" + i, i));
        }

        assertThat(activity.recent())
                .hasSize(CustomerActivity.REMEMBERED)
                .contains(new RecentOrder("order-999", NOON.plusSeconds(999)));
        assertThat(activity.totals().orders()).isEqualTo(1_000);
    }

    @Test
    void theSameOrdersGiveTheSameResultInAnyOrder() {
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
        Change change = activity.after(step, RULES);
        activity = change.activity();
        change.suspicious().forEach(order -> suspicious.add(order.orderId()));
    }

    private static OrderStep placed(String orderId, int second) {
        return new OrderStep(Kind.PLACED, orderId, "ada", BigDecimal.ONE, NOON.plusSeconds(second));
    }
}

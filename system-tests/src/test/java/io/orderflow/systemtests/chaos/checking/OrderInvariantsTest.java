package io.orderflow.systemtests.chaos.checking;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.systemtests.chaos.checking.Observations.Order;
import io.orderflow.systemtests.chaos.checking.Observations.Request;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class OrderInvariantsTest extends CorrectRun {

    private static final String ANSWERED = "every request is answered, a repeated one with the same order";

    private static final String INVALID = "invalid requests are refused";

    private static final String ONCE = "every accepted order exists exactly once";

    private static final String ACCEPTED = "every order was accepted";

    private static final String FINAL = "every order is in a final state";

    private static final String UNCANCELLED = "only orders with a cancellation request are cancelled";

    private static final String IN_STOCK = "no order is rejected whose articles were in stock for all";

    @Test
    void a_request_without_an_answer_is_named() {
        requests.add(new Request("buyer-9", true, false, Set.of()));
        assertBroken(ANSWERED, "buyer-9");
    }

    @Test
    void a_request_that_was_refused_without_reason_is_named() {
        requests.add(new Request("buyer-9", true, true, Set.of()));
        assertBroken(ANSWERED, "buyer-9");
    }

    @Test
    void a_repeated_request_with_another_answer_is_named() {
        requests.set(0, new Request("buyer-1", true, true, Set.of("shipped", "another")));
        assertBroken(ANSWERED, "buyer-1", "shipped", "another");
    }

    @Test
    void an_accepted_invalid_request_is_named() {
        requests.set(0, new Request("buyer-1", false, true, Set.of("shipped")));
        assertBroken(INVALID, "shipped");
    }

    @Test
    void an_accepted_order_that_is_missing_is_named() {
        requests.add(new Request("buyer-9", true, true, Set.of("lost")));
        assertBroken(ONCE, "lost");
    }

    @Test
    void a_customer_who_has_two_orders_is_named() {
        orders.add(order("twin", "buyer-1", "REJECTED"));
        assertBroken(ONCE, "buyer-1", "shipped", "twin");
        assertBroken(ACCEPTED, "twin");
    }

    @Test
    void an_order_that_was_not_accepted_is_named() {
        orders.add(order("phantom", "buyer-4", "REJECTED"));
        assertBroken(ACCEPTED, "phantom");
    }

    @Test
    void an_order_that_is_stuck_is_named() {
        orders.set(0, order("shipped", "buyer-1", "CANCELLING"));
        assertBroken(FINAL, "shipped", "CANCELLING");
    }

    @Test
    void an_order_that_is_cancelled_without_a_request_is_named() {
        cancelled.clear();
        assertBroken(UNCANCELLED, "cancelled");
    }

    @Test
    void an_order_that_is_rejected_though_there_was_enough_for_all_is_named() {
        orders.add(order("refused", "buyer-4", "REJECTED"));
        assertBroken(IN_STOCK, "refused", "MUG");
    }

    @Test
    void an_order_that_is_rejected_because_there_was_too_little_for_all_is_not_named() {
        orders.add(new Order("refused", "buyer-4", "REJECTED", Map.of("MUG", 7), Set.of("PENDING", "REJECTED")));
        assertThat(broken(IN_STOCK)).isEmpty();
    }
}

package io.orderflow.analytics.domain;

import io.orderflow.analytics.domain.OrderStep.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The state of a customer.
 *
 * @param recent the {@value #REMEMBERED} orders that were placed last, sorted
 */
public record CustomerActivity(CustomerTotals totals, List<RecentOrder> recent) {

    static final int REMEMBERED = 20;

    /**
     * The result of a step.
     *
     * @param suspicious the orders that this step shows to be suspicious
     */
    public record Change(CustomerActivity activity, List<SuspiciousOrder> suspicious) {}

    /** A customer without an order. */
    public static CustomerActivity none(String customerId) {
        return new CustomerActivity(new CustomerTotals(customerId, 0, 0, BigDecimal.ZERO), List.of());
    }

    /**
     * The state after a step. The order of the steps makes no difference to the result: a late order may show that orders
     * placed after it were suspicious. That holds for the orders that are remembered.
     */
    public Change after(OrderStep step, Rules rules) {
        CustomerTotals counted = totals.with(step);
        if (step.kind() != Kind.PLACED) {
            return new Change(new CustomerActivity(counted, recent), List.of());
        }
        List<RecentOrder> orders = new ArrayList<>(recent);
        orders.add(new RecentOrder(step.orderId(), step.at()));
        orders.sort(null);
        Set<RecentOrder> suspicious = suspicious(orders, rules);
        suspicious.removeAll(suspicious(recent, rules));
        return new Change(
                new CustomerActivity(counted, List.copyOf(newest(orders))),
                suspicious.stream()
                        .sorted()
                        .map(each -> new SuspiciousOrder(each.orderId(), step.customerId(), each.placedAt()))
                        .toList());
    }

    private static Set<RecentOrder> suspicious(List<RecentOrder> sorted, Rules rules) {
        Set<RecentOrder> suspicious = new HashSet<>();
        int before = rules.suspiciousOrders() - 1;
        for (int last = before; last < sorted.size(); last++) {
            if (rules.areSuspicious(sorted.get(last - before), sorted.get(last))) {
                suspicious.add(sorted.get(last));
            }
        }
        return suspicious;
    }

    private static List<RecentOrder> newest(List<RecentOrder> sorted) {
        return sorted.subList(Math.max(0, sorted.size() - REMEMBERED), sorted.size());
    }
}

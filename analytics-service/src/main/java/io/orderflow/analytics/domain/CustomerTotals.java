package io.orderflow.analytics.domain;

import java.math.BigDecimal;

/**
 * What a customer has ordered so far. No figure ever becomes smaller: a cancellation is not subtracted.
 *
 * @param orders the number of orders placed
 * @param confirmed how many of these have been confirmed
 * @param revenue the total of the confirmed ones, in EUR
 */
public record CustomerTotals(String customerId, long orders, long confirmed, BigDecimal revenue) {

    public static final String TYPE = "analytics.customer-totals.v1";

    CustomerTotals with(OrderStep step) {
        return switch (step.kind()) {
            case PLACED -> new CustomerTotals(customerId, orders + 1, confirmed, revenue);
            case CONFIRMED -> new CustomerTotals(customerId, orders, confirmed + 1, revenue.add(step.total()));
        };
    }
}

package io.orderflow.analytics.domain;

import io.orderflow.analytics.domain.OrderStep.Kind;
import io.orderflow.events.HighValueOrder;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What deserves attention, and until when an order is counted in its minute.
 *
 * @param highValueOver an order with a larger total is one of a high value
 * @param suspiciousOrders so many orders of one customer...
 * @param suspiciousWithin ...less than this time apart are suspicious
 * @param lateness an order that arrives later than this is not counted in its minute
 */
public record Rules(BigDecimal highValueOver, int suspiciousOrders, Duration suspiciousWithin, Duration lateness) {

    private static final Duration NEVER_TOO_LATE = Duration.ofDays(36_500);

    /** A rule may ask for so many orders, because a customer's last 20 are remembered. */
    public static final int MOST_SUSPICIOUS_ORDERS = CustomerActivity.REMEMBERED / 2;

    /**
     * The same, with which no order is too late: a replay counts each order in its minute, whenever the order arrived.
     */
    public Rules withoutLateness() {
        return new Rules(highValueOver, suspiciousOrders, suspiciousWithin, NEVER_TOO_LATE);
    }

    /** The event for an order of a high value, if this is one. */
    public Optional<HighValueOrder> highValue(OrderStep step) {
        return step.kind() == Kind.PLACED && step.total().compareTo(highValueOver) > 0
                ? Optional.of(new HighValueOrder(step.orderId(), step.customerId(), step.total(), step.at()))
                : Optional.empty();
    }

    /**
     * Whether an order is too late to be counted: its minute ended longer ago than the permitted lateness. Time is that of
     * the events, so this gives the same answer when they are read again.
     *
     * @param latest the latest minute in which an order was counted
     */
    public boolean isTooLate(Instant minute, Instant latest) {
        return !minute.plus(MinuteCount.LENGTH).plus(lateness).isAfter(latest);
    }

    /** Whether the later one of two orders, with the required number of orders from one to the other, is suspicious. */
    boolean areSuspicious(RecentOrder first, RecentOrder last) {
        return last.placedAt().isBefore(first.placedAt().plus(suspiciousWithin));
    }
}

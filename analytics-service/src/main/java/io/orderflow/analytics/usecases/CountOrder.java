package io.orderflow.analytics.usecases;

import io.orderflow.analytics.domain.AnalyticsEvents;
import io.orderflow.analytics.domain.CustomerActivity.Change;
import io.orderflow.analytics.domain.Customers;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.OrderStep;
import io.orderflow.analytics.domain.OrderStep.Kind;
import io.orderflow.analytics.domain.OrdersPerMinute;
import io.orderflow.analytics.domain.Rules;
import io.orderflow.analytics.domain.SuspiciousOrders;
import java.time.Instant;
import org.springframework.stereotype.Service;

/** Counts an order, in the current transaction. Call it once for each event. */
@Service
public class CountOrder {

    private final Customers customers;
    private final OrdersPerMinute minutes;
    private final SuspiciousOrders suspicious;
    private final AnalyticsEvents events;
    private final Rules rules;

    CountOrder(
            Customers customers,
            OrdersPerMinute minutes,
            SuspiciousOrders suspicious,
            AnalyticsEvents events,
            Rules rules) {
        this.customers = customers;
        this.minutes = minutes;
        this.suspicious = suspicious;
        this.events = events;
        this.rules = rules;
    }

    public void count(OrderStep step) {
        Change change = customers.lock(step.customerId()).after(step, rules);
        customers.save(change.activity());
        change.suspicious().forEach(suspicious::add);
        rules.highValue(step).ifPresent(events::publish);
        if (step.kind() == Kind.PLACED) {
            countMinute(MinuteCount.minuteOf(step.at()));
        }
    }

    private void countMinute(Instant minute) {
        if (!rules.isTooLate(minute, minutes.latest().orElse(minute))) {
            minutes.add(minute);
        }
    }
}

package io.orderflow.analytics.usecases;

import io.orderflow.analytics.domain.AnalyticsEvents;
import io.orderflow.analytics.domain.CustomerActivity;
import io.orderflow.analytics.domain.CustomerActivity.Change;
import io.orderflow.analytics.domain.Customers;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.OrderStep;
import io.orderflow.analytics.domain.OrderStep.Kind;
import io.orderflow.analytics.domain.OrdersPerMinute;
import io.orderflow.analytics.domain.Rules;
import io.orderflow.analytics.domain.SuspiciousOrders;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;

/** Counts orders, in the current transaction. Call it once for each event. */
@Service
public class CountOrders {

    private final Customers customers;
    private final OrdersPerMinute minutes;
    private final SuspiciousOrders suspicious;
    private final AnalyticsEvents events;
    private final Rules rules;

    CountOrders(
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

    /** Each customer is locked, read and written once. All instances lock customers in the same order. */
    public void count(List<OrderStep> steps) {
        steps.stream()
                .collect(Collectors.groupingBy(OrderStep::customerId, TreeMap::new, Collectors.toList()))
                .forEach(this::countOfCustomer);
        steps.forEach(step -> rules.highValue(step).ifPresent(events::publish));
        steps.stream()
                .filter(step -> step.kind() == Kind.PLACED)
                .map(step -> MinuteCount.minuteOf(step.at()))
                .forEach(this::countMinute);
    }

    private void countOfCustomer(String customerId, List<OrderStep> steps) {
        CustomerActivity activity = customers.lock(customerId);
        for (OrderStep step : steps) {
            Change change = activity.after(step, rules);
            activity = change.activity();
            change.suspicious().forEach(suspicious::add);
        }
        customers.save(activity);
    }

    private void countMinute(Instant minute) {
        if (!rules.isTooLate(minute, minutes.latest().orElse(minute))) {
            minutes.add(minute);
        }
    }
}

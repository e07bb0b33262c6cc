package io.orderflow.analytics.usecases;

import io.orderflow.analytics.domain.Difference;
import io.orderflow.analytics.domain.OrderStep;
import io.orderflow.analytics.domain.Rebuilt;
import io.orderflow.analytics.domain.Rules;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Counts orders again, beside the live results, and compares the two. */
@Service
public class RebuildResults {

    private final Rebuilt rebuilt;
    private final CountOrders orders;

    RebuildResults(Rebuilt rebuilt, Rules rules) {
        this.rebuilt = rebuilt;
        this.orders = new CountOrders(
                rebuilt.customers(),
                rebuilt.ordersPerMinute(),
                rebuilt.suspiciousOrders(),
                rebuilt.highValueOrders()::add,
                rules.withoutLateness());
    }

    /** Deletes what was rebuilt before, in the current transaction. */
    public void clear() {
        rebuilt.clear();
    }

    /** Counts orders, in the current transaction. Call it once for each event. */
    public void count(List<OrderStep> steps) {
        orders.count(steps);
    }

    /** What differs from the live results as they are now, behind the key {@code after}. */
    public List<Difference> differences(@Nullable String after, int limit) {
        return rebuilt.differences(after, limit);
    }
}

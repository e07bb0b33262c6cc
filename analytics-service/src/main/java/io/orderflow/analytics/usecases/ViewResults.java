package io.orderflow.analytics.usecases;

import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.Customers;
import io.orderflow.analytics.domain.HighValueOrders;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.OrdersPerMinute;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.analytics.domain.SuspiciousOrders;
import io.orderflow.events.HighValueOrder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads the results as they were last committed. */
@Service
public class ViewResults {

    /** Some of a list, and how many there are. */
    public record Found<T>(List<T> items, long total) {}

    private final Customers customers;
    private final OrdersPerMinute minutes;
    private final SuspiciousOrders suspicious;
    private final HighValueOrders highValue;

    ViewResults(Customers customers, OrdersPerMinute minutes, SuspiciousOrders suspicious, HighValueOrders highValue) {
        this.customers = customers;
        this.minutes = minutes;
        this.suspicious = suspicious;
        this.highValue = highValue;
    }

    public Optional<CustomerTotals> customer(String customerId) {
        return customers.find(customerId);
    }

    public Found<MinuteCount> ordersPerMinute(int limit, long offset) {
        return new Found<>(minutes.list(limit, offset), minutes.count());
    }

    public Found<SuspiciousOrder> suspicious(@Nullable String customerId, int limit, long offset) {
        return new Found<>(suspicious.list(customerId, limit, offset), suspicious.count(customerId));
    }

    public Found<HighValueOrder> highValue(@Nullable String customerId, int limit, long offset) {
        return new Found<>(highValue.list(customerId, limit, offset), highValue.count(customerId));
    }
}

package io.orderflow.analytics.usecases;

import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.Customers;
import io.orderflow.analytics.domain.HighValueOrders;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.OrdersPerMinute;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.analytics.domain.SuspiciousOrders;
import io.orderflow.events.HighValueOrder;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads the results as they were last committed. */
@Service
public class ViewResults {

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

    /** Those before this minute, latest first. */
    public List<MinuteCount> ordersPerMinute(@Nullable Instant before, int limit) {
        return minutes.list(before, limit);
    }

    /** Those behind the order {@code after}, newest first. */
    public List<SuspiciousOrder> suspicious(@Nullable String customerId, @Nullable String after, int limit) {
        return suspicious.list(customerId, after, limit);
    }

    /** Those behind the order {@code after}, newest first. */
    public List<HighValueOrder> highValue(@Nullable String customerId, @Nullable String after, int limit) {
        return highValue.list(customerId, after, limit);
    }
}

package io.orderflow.analytics.usecases;

import io.orderflow.analytics.domain.CustomerTotals;
import io.orderflow.analytics.domain.Customers;
import io.orderflow.analytics.domain.HighValueOrders;
import io.orderflow.analytics.domain.MinuteCount;
import io.orderflow.analytics.domain.OrdersPerMinute;
import io.orderflow.analytics.domain.SuspiciousOrder;
import io.orderflow.analytics.domain.SuspiciousOrders;
import io.orderflow.events.HighValueOrder;
import org.springframework.stereotype.Service;

/** Records results that were published, so that they can be read over HTTP. Recording one again changes nothing. */
@Service
public class RecordResults {

    private final Customers customers;
    private final OrdersPerMinute minutes;
    private final SuspiciousOrders suspicious;
    private final HighValueOrders highValue;

    RecordResults(
            Customers customers, OrdersPerMinute minutes, SuspiciousOrders suspicious, HighValueOrders highValue) {
        this.customers = customers;
        this.minutes = minutes;
        this.suspicious = suspicious;
        this.highValue = highValue;
    }

    public void record(CustomerTotals totals) {
        customers.record(totals);
    }

    public void record(MinuteCount count) {
        minutes.record(count);
    }

    public void record(SuspiciousOrder order) {
        suspicious.add(order);
    }

    public void record(HighValueOrder order) {
        highValue.add(order);
    }
}

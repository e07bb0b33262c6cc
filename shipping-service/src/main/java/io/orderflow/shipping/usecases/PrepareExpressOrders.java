package io.orderflow.shipping.usecases;

import io.orderflow.events.OrderId;
import io.orderflow.shipping.domain.ExpressOrder;
import io.orderflow.shipping.domain.ExpressOrders;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** The list of express orders, from when they are placed: a packing station prepares them before they are confirmed. */
@Service
public class PrepareExpressOrders {

    private final ExpressOrders orders;

    PrepareExpressOrders(ExpressOrders orders) {
        this.orders = orders;
    }

    /** Idempotent. */
    public void announce(ExpressOrder order) {
        orders.add(order);
    }

    /** Those behind the order {@code after}, newest first. */
    public List<ExpressOrder> list(@Nullable OrderId after, int limit) {
        return orders.list(after, limit);
    }
}

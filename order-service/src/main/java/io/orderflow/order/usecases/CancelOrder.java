package io.orderflow.order.usecases;

import io.orderflow.order.domain.Change;
import io.orderflow.order.domain.NotCancellableException;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.Orders;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Cancels an order at the customer's wish, or asks shipping whether that is still possible. */
@Service
public class CancelOrder {

    private final Orders orders;
    private final OrderLedger ledger;
    private final InstantSource clock;

    CancelOrder(Orders orders, OrderLedger ledger, InstantSource clock) {
        this.orders = orders;
        this.ledger = ledger;
        this.clock = clock;
    }

    /**
     * @throws UnknownOrderException if there is no such order
     * @throws NotCancellableException if it is too late
     */
    @Transactional
    public Order cancel(UUID id) {
        Change change =
                orders.lock(id).orElseThrow(() -> new UnknownOrderException(id)).cancel(clock.instant());
        if (change.event() != null) {
            ledger.keep(change, null);
        }
        return change.order();
    }
}

package io.orderflow.order.usecases;

import io.orderflow.order.domain.Change;
import io.orderflow.order.domain.NotCancellableException;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.Orders;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Cancels an order at its customer's request, or requests from shipping-service that it is not shipped. */
@Service
public class CancelOrder {

    private final Orders orders;
    private final OrderRecorder recorder;
    private final Caller caller;
    private final InstantSource clock;

    CancelOrder(Orders orders, OrderRecorder recorder, Caller caller, InstantSource clock) {
        this.orders = orders;
        this.recorder = recorder;
        this.caller = caller;
        this.clock = clock;
    }

    /**
     * Returns the order after the request.
     *
     * @throws UnknownOrderException if there is no such order for the caller
     * @throws NotCancellableException if it is shipped or rejected
     */
    @Transactional
    public Order cancel(UUID id) {
        Change change = orders.lock(id)
                .filter(order -> caller.mayChangeOrdersOf(order.customerId()))
                .orElseThrow(() -> new UnknownOrderException(id))
                .cancel(clock.instant());
        if (change.event() != null) {
            recorder.record(change, null);
        }
        return change.order();
    }
}

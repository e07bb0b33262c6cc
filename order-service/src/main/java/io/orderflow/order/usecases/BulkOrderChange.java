package io.orderflow.order.usecases;

import io.orderflow.order.domain.Change;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.Orders;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Changes several orders, each in a transaction of its own. The lock on an order's row serialises this with events and with
 * other instances: whoever is second finds the order changed. An order that fails is logged and left to the next check.
 */
@Component
class BulkOrderChange {

    /** Orders per check. */
    static final int LIMIT = 500;

    private static final Logger log = LoggerFactory.getLogger(BulkOrderChange.class);

    private final Orders orders;
    private final OrderRecorder recorder;
    private final TransactionOperations transactions;

    BulkOrderChange(Orders orders, OrderRecorder recorder, TransactionOperations transactions) {
        this.orders = orders;
        this.recorder = recorder;
        this.transactions = transactions;
    }

    /**
     * Returns how many orders have changed.
     *
     * @param transition returns null, or a change without an event, for an order that need not change any more
     */
    int apply(List<UUID> ids, Function<Order, @Nullable Change> transition) {
        int changed = 0;
        for (UUID id : ids) {
            try {
                if (Boolean.TRUE.equals(transactions.execute(transaction -> apply(id, transition)))) {
                    changed++;
                }
            } catch (RuntimeException e) {
                log.warn("Order {} could not be changed; the next check retries it: {}", id, e.toString());
            }
        }
        return changed;
    }

    private boolean apply(UUID id, Function<Order, @Nullable Change> transition) {
        Change change = transition.apply(orders.lock(id).orElseThrow(() -> new UnknownOrderException(id)));
        if (change == null || change.event() == null) {
            return false;
        }
        recorder.record(change, null);
        log.info("Order {} has reached a deadline: {}", id, change.happened());
        return true;
    }
}

package io.orderflow.order.usecases;

import io.orderflow.order.domain.Change;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.domain.Orders;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Cancels orders about which inventory-service has not said in time whether they can be fulfilled. The answer may be on
 * its way and any number of instances may be at it: the lock on the order's row decides who is first, and whoever comes
 * second finds nothing to do. What is reserved too late, inventory-service releases when it learns of the cancellation.
 */
@Service
public class CancelUnanswered {

    private static final Logger log = LoggerFactory.getLogger(CancelUnanswered.class);
    private static final int AT_A_TIME = 500;

    private final AnnouncedOrders announced;
    private final Orders orders;
    private final OrderLedger ledger;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    CancelUnanswered(
            AnnouncedOrders announced,
            Orders orders,
            OrderLedger ledger,
            TransactionOperations transactions,
            InstantSource clock) {
        this.announced = announced;
        this.orders = orders;
        this.ledger = ledger;
        this.transactions = transactions;
        this.clock = clock;
    }

    /**
     * Cancels some of those of which inventory-service has known for that long; answers how many. The time that their events
     * waited in our own outbox does not count.
     */
    public int knownFor(Duration deadline) {
        return announced
                .placedBeforeAndKnownFor(deadline)
                .map(this::placedBefore)
                .orElse(0);
    }

    /** Cancels some of those that were placed before that time, each in a transaction of its own. */
    private int placedBefore(Instant time) {
        int cancelled = 0;
        List<UUID> unanswered = orders.waiting(OrderStatus.PENDING, time, AT_A_TIME);
        for (UUID id : unanswered) {
            try {
                if (Boolean.TRUE.equals(transactions.execute(transaction -> cancel(id)))) {
                    cancelled++;
                    log.info("Order {} is cancelled: there was no answer about stock in time.", id);
                }
            } catch (RuntimeException e) {
                log.warn("Order {} could not be cancelled, which is tried again: {}", id, e.getMessage());
            }
        }
        return cancelled;
    }

    private boolean cancel(UUID id) {
        Order order = orders.lock(id).orElseThrow(() -> new UnknownOrderException(id));
        Change change = order.unanswered(clock.instant());
        if (change.event() == null) {
            return false;
        }
        ledger.keep(change, null);
        return true;
    }
}

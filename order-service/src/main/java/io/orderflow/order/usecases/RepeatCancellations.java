package io.orderflow.order.usecases;

import io.orderflow.order.domain.Change;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.domain.Orders;
import io.orderflow.order.domain.Timeline;
import java.time.Instant;
import java.time.InstantSource;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Requests cancellations again that shipping has not answered. Time alone cannot end these orders, for a parcel may be on
 * its way; but shipping answers every request, and so only what was lost has to be sent once more.
 */
@Service
public class RepeatCancellations {

    private static final Logger log = LoggerFactory.getLogger(RepeatCancellations.class);

    private static final int AT_A_TIME = 500;

    private final Orders orders;
    private final Timeline timeline;
    private final OrderLedger ledger;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    RepeatCancellations(
            Orders orders,
            Timeline timeline,
            OrderLedger ledger,
            TransactionOperations transactions,
            InstantSource clock) {
        this.orders = orders;
        this.timeline = timeline;
        this.ledger = ledger;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Repeats some of those about which nothing has happened since that time, each in a transaction of its own. */
    public void quietSince(Instant time) {
        for (UUID id : orders.quiet(OrderStatus.CANCELLING, time, AT_A_TIME)) {
            try {
                if (Boolean.TRUE.equals(transactions.execute(transaction -> repeat(id, time)))) {
                    log.info("The cancellation of order {} is requested again: shipping has not answered.", id);
                }
            } catch (RuntimeException e) {
                log.warn(
                        "The cancellation of order {} could not be requested again, which is retried: {}",
                        id,
                        e.getMessage());
            }
        }
    }

    private boolean repeat(UUID id, Instant quietSince) {
        Order order = orders.lock(id).orElseThrow(() -> new UnknownOrderException(id));
        if (timeline.of(id).stream().anyMatch(entry -> entry.at().isAfter(quietSince))) {
            return false; // another instance was first
        }
        Change change = order.cancellationUnanswered(clock.instant());
        if (change.event() == null) {
            return false;
        }
        ledger.keep(change, null);
        return true;
    }
}

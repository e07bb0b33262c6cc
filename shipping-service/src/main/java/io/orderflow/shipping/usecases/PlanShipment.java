package io.orderflow.shipping.usecases;

import io.orderflow.events.OrderId;
import io.orderflow.shipping.domain.Change;
import io.orderflow.shipping.domain.Priority;
import io.orderflow.shipping.domain.Shipment;
import io.orderflow.shipping.domain.Shipments;
import io.orderflow.shipping.domain.ShippingEvents;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Plans the shipment of a confirmed order and publishes the task to book a carrier. Idempotent. */
@Service
public class PlanShipment {

    private final Shipments shipments;
    private final ShippingEvents events;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    PlanShipment(Shipments shipments, ShippingEvents events, TransactionOperations transactions, InstantSource clock) {
        this.shipments = shipments;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    public void plan(OrderId orderId, Priority priority) {
        Change change = Shipment.plan(UUID.randomUUID().toString(), orderId, priority, clock.instant());
        transactions.executeWithoutResult(transaction -> {
            if (shipments.add(change.shipment())) {
                events.publish(change.events());
            }
        });
    }
}

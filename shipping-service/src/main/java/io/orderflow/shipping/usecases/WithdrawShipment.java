package io.orderflow.shipping.usecases;

import io.orderflow.events.OrderId;
import io.orderflow.shipping.domain.Change;
import io.orderflow.shipping.domain.Shipment;
import io.orderflow.shipping.domain.Shipments;
import io.orderflow.shipping.domain.ShippingEvents;
import java.time.InstantSource;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Withdraws the shipment of an order, unless it is dispatched. Each request is answered with an event, also a duplicate. */
@Service
public class WithdrawShipment {

    private final Shipments shipments;
    private final ShippingEvents events;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    WithdrawShipment(
            Shipments shipments, ShippingEvents events, TransactionOperations transactions, InstantSource clock) {
        this.shipments = shipments;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    public void withdraw(OrderId orderId) {
        transactions.executeWithoutResult(transaction -> {
            Change unplanned = Shipment.withdrawBeforePlanned(UUID.randomUUID().toString(), orderId, clock.instant());
            if (shipments.add(unplanned.shipment())) {
                events.publish(unplanned.events());
            } else {
                shipments
                        .lockFor(orderId)
                        .map(shipment -> shipment.withdraw(clock.instant()))
                        .ifPresent(this::apply);
            }
        });
    }

    private void apply(Change change) {
        shipments.update(change.shipment());
        events.publish(change.events());
    }
}

package io.orderflow.inventory.usecases;

import io.orderflow.events.OrderId;
import io.orderflow.inventory.domain.Change;
import io.orderflow.inventory.domain.InventoryEvents;
import io.orderflow.inventory.domain.Reservation;
import io.orderflow.inventory.domain.ReservationRequest;
import io.orderflow.inventory.domain.Reservations;
import io.orderflow.inventory.domain.Stock;
import java.time.InstantSource;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;
import org.springframework.transaction.support.TransactionOperations;

/** Reserves stock for an order, and releases or ships the reserved stock. Every operation is idempotent. */
@Service
public class ReserveStock {

    private static final Logger log = LoggerFactory.getLogger(ReserveStock.class);

    private final Stock stock;
    private final Reservations reservations;
    private final InventoryEvents events;
    private final TransactionOperations transactions;
    private final InstantSource clock;

    ReserveStock(
            Stock stock,
            Reservations reservations,
            InventoryEvents events,
            TransactionOperations transactions,
            InstantSource clock) {
        this.stock = stock;
        this.reservations = reservations;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    public void reserve(ReservationRequest request) {
        exclusively(() -> {
            if (reservations.find(request.orderId()).isEmpty()) {
                Change change = Reservation.reserve(request, stock.lock(request.skus()), clock.instant());
                apply(change, reservations::add);
            }
        });
    }

    public void release(OrderId orderId) {
        exclusively(() -> reservations
                .find(orderId)
                .ifPresentOrElse(
                        reservation -> reservation.release(clock.instant()).ifPresent(this::apply),
                        () -> reservations.add(Reservation.cancelledBeforeCreated(orderId, clock.instant()))));
    }

    public void ship(OrderId orderId) {
        exclusively(() -> {
            Reservation reservation =
                    reservations.find(orderId).orElseThrow(() -> new OrderNotSeenYetException(orderId));
            switch (reservation.status()) {
                case RESERVED, SHIPPED -> reservation.ship(clock.instant()).ifPresent(this::apply);
                case REJECTED, RELEASED ->
                    log.warn(
                            "Order {} is shipped, but its reservation is {}. The stock is not changed; correct it by hand.",
                            orderId,
                            reservation.status());
            }
        });
    }

    private void exclusively(Runnable operation) {
        transactions.executeWithoutResult(transaction -> {
            stock.lockAll();
            operation.run();
        });
    }

    private void apply(Change change) {
        apply(change, reservations::update);
    }

    private void apply(Change change, Consumer<Reservation> store) {
        Reservation reservation = change.reservation();
        store.accept(reservation);
        if (change.movement() != null) {
            stock.move(reservation.lines(), change.movement());
        }
        events.publish(change.events());
        log.debug("The reservation of order {} is {}.", reservation.orderId(), reservation.status());
    }
}

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

/** Reserves stock for an order, and releases or ships what was reserved. Repeating any of it changes nothing. */
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
        inTurn(() -> {
            if (reservations.find(request.orderId()).isEmpty()) {
                Change change = Reservation.reserve(request, stock.lock(request.skus()), clock.instant());
                carryOut(change, reservations::add);
            }
        });
    }

    public void release(OrderId orderId) {
        inTurn(() -> reservations
                .find(orderId)
                .ifPresentOrElse(
                        reservation -> reservation.release(clock.instant()).ifPresent(this::carryOut),
                        () -> reservations.add(Reservation.cancelledBeforeCreated(orderId, clock.instant()))));
    }

    public void ship(OrderId orderId) {
        inTurn(() -> {
            Reservation reservation =
                    reservations.find(orderId).orElseThrow(() -> new OrderNotSeenYetException(orderId));
            switch (reservation.status()) {
                case RESERVED, SHIPPED -> reservation.ship(clock.instant()).ifPresent(this::carryOut);
                case REJECTED, RELEASED ->
                    log.warn(
                            "Order {} is shipped, but its reservation is {}: stock stays as it is; count it by hand.",
                            orderId,
                            reservation.status());
            }
        });
    }

    private void inTurn(Runnable work) {
        transactions.executeWithoutResult(transaction -> {
            stock.takeTurn();
            work.run();
        });
    }

    private void carryOut(Change change) {
        carryOut(change, reservations::update);
    }

    private void carryOut(Change change, Consumer<Reservation> keep) {
        Reservation reservation = change.reservation();
        keep.accept(reservation);
        if (change.movement() != null) {
            stock.move(reservation.lines(), change.movement());
        }
        events.publish(change.events());
        log.debug("The reservation of order {} is {}.", reservation.orderId(), reservation.status());
    }
}

package io.orderflow.inventory.usecases;

import io.orderflow.inventory.domain.Change;
import io.orderflow.inventory.domain.InventoryEvents;
import io.orderflow.inventory.domain.OrderId;
import io.orderflow.inventory.domain.Reservation;
import io.orderflow.inventory.domain.ReservationRequest;
import io.orderflow.inventory.domain.Reservations;
import io.orderflow.inventory.domain.Stock;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Supplier;
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
        inTurn(() -> reservations.find(request.orderId()).isPresent()
                ? Optional.empty()
                : Optional.of(Reservation.reserve(request, stock.lock(request.skus()), clock.instant())));
    }

    public void release(OrderId orderId) {
        inTurn(() -> reservations
                .find(orderId)
                .map(reservation -> reservation.release(clock.instant()))
                .orElseGet(() -> Optional.of(Reservation.cancelledBeforeCreated(orderId, clock.instant()))));
    }

    public void ship(OrderId orderId) {
        inTurn(() -> {
            Reservation reservation =
                    reservations.find(orderId).orElseThrow(() -> new OrderNotSeenYetException(orderId));
            switch (reservation.status()) {
                case RESERVED, SHIPPED -> {}
                case REJECTED, RELEASED ->
                    log.warn(
                            "Order {} is shipped, but its reservation is {}: stock stays as it is. Count it.",
                            orderId,
                            reservation.status());
            }
            return reservation.ship(clock.instant());
        });
    }

    private void inTurn(Supplier<Optional<Change>> decision) {
        transactions.executeWithoutResult(transaction -> {
            stock.takeTurn();
            decision.get().ifPresent(this::carryOut);
        });
    }

    private void carryOut(Change change) {
        Reservation reservation = change.reservation();
        reservations.save(reservation);
        if (change.movement() != null) {
            stock.move(reservation.lines(), change.movement());
        }
        events.publish(change.events());
        log.debug("The reservation of order {} is {}.", reservation.orderId(), reservation.status());
    }
}

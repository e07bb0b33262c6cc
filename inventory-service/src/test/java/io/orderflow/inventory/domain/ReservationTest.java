package io.orderflow.inventory.domain;

import static org.assertj.core.api.Assertions.assertThat;

import io.orderflow.events.InventoryRejected;
import io.orderflow.events.InventoryReserved;
import io.orderflow.events.OrderId;
import io.orderflow.events.OrderItem;
import io.orderflow.inventory.domain.Reservation.Status;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReservationTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final OrderId ORDER = new OrderId("order-1");
    private static final Map<String, StockLevel> STOCK = Map.of(
            "MUG", new StockLevel("MUG", 5, 0, 0),
            "BOOK", new StockLevel("BOOK", 1, 0, 0));

    @Test
    void reserves_all_lines_if_all_are_available() {
        Change change = reserve(new OrderLine("MUG", 5), new OrderLine("BOOK", 1));

        assertThat(change.reservation().status()).isEqualTo(Status.RESERVED);
        assertThat(change.movement()).isEqualTo(StockMovement.RESERVE);
        assertThat(change.events())
                .containsExactly(new InventoryReserved(
                        "order-1", List.of(new OrderItem("MUG", 5), new OrderItem("BOOK", 1)), NOW));
    }

    @Test
    void rejects_the_order_if_one_line_is_out_of_stock() {
        Change change = reserve(new OrderLine("MUG", 5), new OrderLine("BOOK", 2));

        assertThat(change.reservation()).isEqualTo(new Reservation(ORDER, Status.REJECTED, List.of(), NOW));
        assertThat(change.movement()).isNull();
        assertThat(change.events())
                .containsExactly(new InventoryRejected("order-1", "out of stock", List.of("BOOK"), NOW));
    }

    @Test
    void rejects_an_unknown_article() {
        Change change = reserve(new OrderLine("MUG", 1), new OrderLine("UNICORN", 1));

        assertThat(change.events())
                .containsExactly(new InventoryRejected("order-1", "unknown article", List.of("UNICORN"), NOW));
    }

    @Test
    void releases_a_reservation_once() {
        Reservation reserved = reserve(new OrderLine("MUG", 2)).reservation();

        Change released = reserved.release(LATER).orElseThrow();

        assertThat(released.movement()).isEqualTo(StockMovement.RELEASE);
        assertThat(released.reservation())
                .isEqualTo(new Reservation(ORDER, Status.RELEASED, List.of(new OrderLine("MUG", 2)), LATER));
        assertThat(released.reservation().release(LATER)).isEmpty();
        assertThat(released.reservation().ship(LATER)).isEmpty();
    }

    @Test
    void ships_a_reservation_once() {
        Change shipped =
                reserve(new OrderLine("MUG", 2)).reservation().ship(LATER).orElseThrow();

        assertThat(shipped.movement()).isEqualTo(StockMovement.SHIP);
        assertThat(shipped.reservation().ship(LATER)).isEmpty();
        assertThat(shipped.reservation().release(LATER)).isEmpty();
    }

    @Test
    void the_changes_of_each_movement_add_up_to_zero() {
        assertThat(StockMovement.values())
                .allSatisfy(movement -> assertThat(movement.available() + movement.reserved() + movement.shipped())
                        .isZero());
    }

    private static Change reserve(OrderLine... lines) {
        return Reservation.reserve(new ReservationRequest(ORDER, List.of(lines)), STOCK, NOW);
    }
}

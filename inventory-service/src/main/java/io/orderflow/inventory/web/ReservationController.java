package io.orderflow.inventory.web;

import io.orderflow.events.OrderId;
import io.orderflow.inventory.domain.OrderLine;
import io.orderflow.inventory.domain.Reservation;
import io.orderflow.inventory.usecases.ViewStock;
import io.orderflow.service.Problem;
import jakarta.validation.constraints.Pattern;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/** What is reserved for an order. */
@RestController
class ReservationController {

    private final ViewStock stock;

    ReservationController(ViewStock stock) {
        this.stock = stock;
    }

    /** The reservation of one order. */
    record ReservationView(String orderId, Reservation.Status status, List<OrderLine> lines, Instant updatedAt) {

        static ReservationView of(Reservation reservation) {
            return new ReservationView(
                    reservation.orderId().value(), reservation.status(), reservation.lines(), reservation.updatedAt());
        }
    }

    /** The reservation of an order; it exists soon after the order was placed. */
    @GetMapping("/reservations/{orderId}")
    ReservationView reservation(
            @PathVariable @Pattern(regexp = OrderId.PATTERN, message = "is not an order id") String orderId) {
        return stock.reservation(new OrderId(orderId))
                .map(ReservationView::of)
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no reservation for an order with this id."));
    }
}

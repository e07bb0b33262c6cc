package io.orderflow.inventory.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import io.orderflow.events.OrderId;
import io.orderflow.inventory.domain.OrderLine;
import io.orderflow.inventory.domain.Reservation;
import io.orderflow.inventory.usecases.ViewStock;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(ReservationController.class)
class ReservationControllerTest {

    private static final OrderId ORDER = new OrderId("order-1");

    @Autowired
    MockMvcTester http;

    @MockitoBean
    ViewStock stock;

    @Test
    void a_reservation() {
        given(stock.reservation(ORDER))
                .willReturn(Optional.of(new Reservation(
                        ORDER,
                        Reservation.Status.RESERVED,
                        List.of(new OrderLine("MUG", 2)),
                        Instant.parse("2026-11-21T10:00:00Z"))));

        assertThat(http.get().uri("/reservations/order-1"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                        {"orderId": "order-1", "status": "RESERVED", "lines": [{"sku": "MUG", "quantity": 2}],
                         "updatedAt": "2026-11-21T10:00:00Z"}""");
    }

    @Test
    void an_order_without_a_reservation_is_not_found() {
        assertThat(http.get().uri("/reservations/unknown")).hasStatus(404).hasContentType("application/problem+json");
    }

    @Test
    void an_invalid_order_id_is_rejected() {
        assertThat(http.get().uri("/reservations/" + "x".repeat(65)))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("orderId");
    }
}

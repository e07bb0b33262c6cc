package io.orderflow.shipping.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.BDDMockito.given;

import io.orderflow.events.OrderId;
import io.orderflow.shipping.domain.Booking;
import io.orderflow.shipping.domain.Priority;
import io.orderflow.shipping.domain.Shipment;
import io.orderflow.shipping.usecases.ViewShipments;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.webmvc.test.autoconfigure.WebMvcTest;
import org.springframework.test.context.bean.override.mockito.MockitoBean;
import org.springframework.test.web.servlet.assertj.MockMvcTester;

@WebMvcTest(ShipmentController.class)
class ShipmentControllerTest {

    private static final Shipment SHIPMENT = new Shipment(
            "shipment-1",
            new OrderId("order-1"),
            Priority.EXPRESS,
            Shipment.Status.DISPATCHED,
            new Booking("Parcel", "T-1"),
            Instant.parse("2026-11-21T10:00:00Z"));
    private static final String JSON = """
            {"id": "shipment-1", "orderId": "order-1", "priority": "express", "status": "DISPATCHED",
             "carrier": "Parcel", "trackingNumber": "T-1", "updatedAt": "2026-11-21T10:00:00Z"}""";

    @Autowired
    MockMvcTester http;

    @MockitoBean
    ViewShipments shipments;

    @Test
    void a_page_of_all_shipments() {
        given(shipments.list(null, 1, 2)).willReturn(List.of(SHIPMENT));
        given(shipments.count(null)).willReturn(3L);

        assertThat(http.get().uri("/shipments?page=2&size=1"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                {"items": [%s], "page": 2, "size": 1, "total": 3}""".formatted(JSON));
    }

    @Test
    void the_shipments_of_an_order() {
        given(shipments.list("order-1", 20, 0)).willReturn(List.of(SHIPMENT));
        given(shipments.count("order-1")).willReturn(1L);

        assertThat(http.get().uri("/shipments?orderId=order-1"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                {"items": [%s], "page": 0, "size": 20, "total": 1}""".formatted(JSON));
    }

    @Test
    void an_invalid_order_id_is_rejected() {
        assertThat(http.get().uri("/shipments?orderId={id}", "\0"))
                .hasStatus(400)
                .bodyJson()
                .extractingPath("$.errors[0].field")
                .isEqualTo("orderId");
    }

    @Test
    void a_shipment() {
        given(shipments.find("shipment-1")).willReturn(Optional.of(SHIPMENT));

        assertThat(http.get().uri("/shipments/shipment-1"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo(JSON);
    }

    @Test
    void an_unknown_shipment_is_not_found() {
        assertThat(http.get().uri("/shipments/unknown")).hasStatus(404).hasContentType("application/problem+json");
    }
}

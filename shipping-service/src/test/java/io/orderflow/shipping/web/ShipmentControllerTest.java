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
    void pages_of_all_shipments() {
        given(shipments.list(null, null, 2)).willReturn(List.of(SHIPMENT, SHIPMENT));
        given(shipments.list(null, "shipment-1", 2)).willReturn(List.of(SHIPMENT));
        String next = "c2hpcG1lbnRzIHNoaXBtZW50LTE";

        assertThat(http.get().uri("/shipments?size=1")).hasStatusOk().bodyJson().isStrictlyEqualTo("""
                {"items": [%s], "next": "%s"}""".formatted(
                        JSON, next));
        assertThat(http.get().uri("/shipments?size=1&cursor=" + next))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                {"items": [%s]}""".formatted(JSON));
    }

    @Test
    void the_shipments_of_an_order() {
        given(shipments.list("order-1", null, 21)).willReturn(List.of(SHIPMENT));

        assertThat(http.get().uri("/shipments?orderId=order-1"))
                .hasStatusOk()
                .bodyJson()
                .isStrictlyEqualTo("""
                {"items": [%s]}""".formatted(JSON));
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

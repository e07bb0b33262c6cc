package io.orderflow.shipping.web;

import io.orderflow.events.OrderId;
import io.orderflow.service.Cursors;
import io.orderflow.service.Page;
import io.orderflow.service.Paging;
import io.orderflow.service.Problem;
import io.orderflow.shipping.domain.Shipment;
import io.orderflow.shipping.usecases.ViewShipments;
import jakarta.validation.Valid;
import jakarta.validation.constraints.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Shipments. */
@RestController
class ShipmentController {

    private static final Cursors<String> CURSORS = new Cursors<>("shipments", String::valueOf);

    private final ViewShipments shipments;

    ShipmentController(ViewShipments shipments) {
        this.shipments = shipments;
    }

    /** The shipments of one order, or of all; the latest first. */
    @GetMapping("/shipments")
    Page<ShipmentView> list(
            @RequestParam(required = false) @Pattern(regexp = OrderId.PATTERN, message = "is not an order id") @Nullable
                    String orderId,
            @Valid Paging paging) {
        return CURSORS.page(shipments.list(orderId, CURSORS.after(paging), paging.limit()), paging, Shipment::id)
                .map(ShipmentView::of);
    }

    /** One shipment. */
    @GetMapping("/shipments/{id}")
    ShipmentView shipment(@PathVariable String id) {
        return shipments
                .find(id)
                .map(ShipmentView::of)
                .orElseThrow(() -> Problem.NOT_FOUND.because("There is no shipment with this id."));
    }
}

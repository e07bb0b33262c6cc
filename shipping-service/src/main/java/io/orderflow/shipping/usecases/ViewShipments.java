package io.orderflow.shipping.usecases;

import io.orderflow.shipping.domain.Shipment;
import io.orderflow.shipping.domain.Shipments;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;

/** Reads committed shipments. */
@Service
public class ViewShipments {

    private final Shipments shipments;

    ViewShipments(Shipments shipments) {
        this.shipments = shipments;
    }

    /** Those behind the shipment {@code after}, newest first. */
    public List<Shipment> list(@Nullable String orderId, @Nullable String after, int limit) {
        return shipments.list(orderId, after, limit);
    }

    public Optional<Shipment> find(String id) {
        return shipments.find(id);
    }
}

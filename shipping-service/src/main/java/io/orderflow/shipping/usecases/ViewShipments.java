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

    public List<Shipment> list(@Nullable String orderId, int limit, long offset) {
        return shipments.list(orderId, limit, offset);
    }

    public long count(@Nullable String orderId) {
        return shipments.count(orderId);
    }

    public Optional<Shipment> find(String id) {
        return shipments.find(id);
    }
}

package io.orderflow.shipping.usecases;

import io.orderflow.shipping.domain.Carrier;
import io.orderflow.shipping.domain.Shipment;
import io.orderflow.shipping.domain.Shipment.Status;
import io.orderflow.shipping.domain.Shipments;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.stereotype.Service;

/** Cancels the booking of a withdrawn shipment, if there is one. The carrier identifies it by the shipment's id. Idempotent. */
@Service
public class CancelBooking {

    private static final Logger log = LoggerFactory.getLogger(CancelBooking.class);

    private final Shipments shipments;
    private final Carrier carrier;

    CancelBooking(Shipments shipments, Carrier carrier) {
        this.shipments = shipments;
        this.carrier = carrier;
    }

    /**
     * @throws UnknownShipmentException if there is no such shipment
     * @throws NotWithdrawnException if the shipment is planned or dispatched
     */
    public void cancel(@Nullable String shipmentId) {
        Shipment shipment = Optional.ofNullable(shipmentId)
                .flatMap(shipments::find)
                .orElseThrow(() -> new UnknownShipmentException(shipmentId));
        if (shipment.status() != Status.WITHDRAWN) {
            throw new NotWithdrawnException(shipment);
        }
        carrier.cancel(shipment.id());
        log.info("The booking of withdrawn shipment {} is cancelled, if there was one.", shipment.id());
    }
}

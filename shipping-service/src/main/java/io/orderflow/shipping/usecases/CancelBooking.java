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

/**
 * Cancels at the carrier what may have been booked for a withdrawn shipment: the only place where that is done. It does not
 * matter whether something was booked, or how often this is done; the carrier knows the booking by the shipment's id.
 */
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
     * @throws NotWithdrawnException if it is to be sent, or was
     */
    public void cancel(@Nullable String shipmentId) {
        Shipment shipment = Optional.ofNullable(shipmentId)
                .flatMap(shipments::find)
                .orElseThrow(() -> new UnknownShipmentException(shipmentId));
        if (shipment.status() != Status.WITHDRAWN) {
            throw new NotWithdrawnException(shipment);
        }
        carrier.cancel(shipment.id());
        log.info("Shipment {} is withdrawn; a booking that was made for it is cancelled.", shipment.id());
    }
}

package io.orderflow.shipping.usecases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.events.ShipmentBookingRequested;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.shipping.domain.CarrierUnavailableException;
import io.orderflow.shipping.domain.Priority;
import io.orderflow.shipping.domain.Shipment;
import io.orderflow.shipping.domain.Shipment.Status;
import java.util.Collections;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class BookCarrierTest extends ShipmentUseCases {

    @Test
    void a_duplicate_confirmation_plans_one_shipment() {
        plan.plan(ORDER, Priority.EXPRESS);
        plan.plan(ORDER, Priority.EXPRESS);

        assertThat(events.of(ShipmentBookingRequested.class))
                .singleElement()
                .extracting(ShipmentBookingRequested::priority)
                .isEqualTo("express");
        assertThat(view.list("order-1", null, 10)).hasSize(1);
    }

    @Test
    void a_booked_shipment_is_dispatched() {
        String id = planned();
        book.book(id);

        Shipment shipment = view.find(id).orElseThrow();
        assertThat(shipment.status()).isEqualTo(Status.DISPATCHED);
        assertThat(shipment.booking()).isNotNull();
        assertThat(events.of(ShipmentDispatched.class)).hasSize(1);
    }

    @Test
    void a_duplicate_task_dispatches_once() {
        String id = planned();
        book.book(id);
        book.book(id);

        assertThat(events.of(ShipmentDispatched.class)).hasSize(1);
    }

    @Test
    void two_workers_with_the_same_task_dispatch_once() {
        String id = planned();
        CyclicBarrier bothBook = new CyclicBarrier(2);
        carrier.duringBooking(() -> await(bothBook));

        inParallel(Collections.nCopies(2, () -> book.book(id)));

        assertThat(events.of(ShipmentDispatched.class)).hasSize(1);
        assertThat(carrier.bookings()).containsExactly(id);
    }

    @Test
    void a_failed_booking_can_be_retried() {
        String id = planned();
        carrier.becomeUnavailable();
        assertThatExceptionOfType(CarrierUnavailableException.class).isThrownBy(() -> book.book(id));
        carrier.reset();
        book.book(id);

        assertThat(status(id)).isEqualTo(Status.DISPATCHED);
    }

    @Test
    void a_task_for_an_unknown_shipment_fails() {
        assertThatExceptionOfType(UnknownShipmentException.class).isThrownBy(() -> book.book("nowhere"));
        assertThatExceptionOfType(UnknownShipmentException.class).isThrownBy(() -> book.book(null));
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The other worker did not book.", e);
        }
    }
}

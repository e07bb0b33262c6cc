package io.orderflow.shipping.domain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.events.BookingCancellationRequested;
import io.orderflow.events.InvalidOrderException;
import io.orderflow.events.OrderId;
import io.orderflow.events.ShipmentBookingRequested;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.ShipmentWithdrawn;
import io.orderflow.shipping.domain.Shipment.Status;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShipmentTest {

    private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
    private static final Instant LATER = NOW.plusSeconds(60);
    private static final OrderId ORDER = new OrderId("order-1");
    private static final Booking BOOKING = new Booking("Parcel", "T-1");

    private final Change planned = Shipment.plan("shipment-1", ORDER, Priority.EXPRESS, NOW);

    @Test
    void planning_requests_a_booking() {
        assertThat(planned.shipment().status()).isEqualTo(Status.PLANNED);
        assertThat(planned.events())
                .containsExactly(new ShipmentBookingRequested("shipment-1", "order-1", "express", NOW));
    }

    @Test
    void a_booked_shipment_is_dispatched_once() {
        Change dispatched = planned.shipment().booked(BOOKING, LATER).orElseThrow();

        assertThat(dispatched.shipment().status()).isEqualTo(Status.DISPATCHED);
        assertThat(dispatched.events())
                .containsExactly(new ShipmentDispatched("shipment-1", "order-1", "Parcel", "T-1", LATER));
        assertThat(dispatched.shipment().booked(BOOKING, LATER)).isEmpty();
    }

    @Test
    void a_dispatched_shipment_cannot_be_withdrawn() {
        Shipment dispatched =
                planned.shipment().booked(BOOKING, LATER).orElseThrow().shipment();

        assertThat(dispatched.withdraw(LATER.plusSeconds(1)))
                .isEqualTo(new Change(
                        dispatched, new ShipmentDispatched("shipment-1", "order-1", "Parcel", "T-1", LATER)));
    }

    @Test
    void a_withdrawn_shipment_is_never_dispatched() {
        Change withdrawn = planned.shipment().withdraw(LATER);

        assertThat(withdrawn.events())
                .containsExactly(
                        new ShipmentWithdrawn("order-1", LATER),
                        new BookingCancellationRequested("shipment-1", "order-1", LATER));
        assertThat(withdrawn.shipment().booked(BOOKING, LATER))
                .contains(new Change(
                        withdrawn.shipment(), new BookingCancellationRequested("shipment-1", "order-1", LATER)));
        assertThat(withdrawn.shipment().withdraw(LATER)).isEqualTo(withdrawn);
    }

    @Test
    void a_shipment_that_was_never_planned_has_no_booking_to_cancel() {
        Change withdrawn = Shipment.withdrawBeforePlanned("shipment-1", ORDER, NOW);

        assertThat(withdrawn.events()).containsExactly(new ShipmentWithdrawn("order-1", NOW));
    }

    @Test
    void a_priority_is_parsed_from_its_name_in_events() {
        assertThat(Priority.of("express")).isEqualTo(Priority.EXPRESS);
        assertThat(Priority.of("standard")).isEqualTo(Priority.STANDARD);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = {"", "EXPRESS", "yesterday"})
    void any_other_priority_is_rejected(String name) {
        assertThatExceptionOfType(InvalidOrderException.class).isThrownBy(() -> Priority.of(name));
    }
}

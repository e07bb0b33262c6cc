package io.orderflow.shipping.usecases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.events.BookingCancellationRequested;
import io.orderflow.events.OrderId;
import io.orderflow.events.ShipmentBookingRequested;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.ShipmentWithdrawn;
import io.orderflow.shipping.domain.CarrierUnavailableException;
import io.orderflow.shipping.domain.Priority;
import io.orderflow.shipping.domain.Shipment.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class WithdrawShipmentTest extends ShipmentUseCases {

    @Test
    void an_order_cancelled_before_its_confirmation_is_not_planned() {
        withdraw.withdraw(ORDER);
        withdraw.withdraw(ORDER);
        plan.plan(ORDER, Priority.STANDARD);

        assertThat(events.all()).hasSize(2).hasOnlyElementsOfType(ShipmentWithdrawn.class);
        assertThat(view.list("order-1", null, 10)).hasSize(1);
    }

    @Test
    void each_request_for_a_withdrawal_is_answered() {
        String id = planned();
        withdraw.withdraw(ORDER);
        withdraw.withdraw(ORDER);

        assertThat(status(id)).isEqualTo(Status.WITHDRAWN);
        assertThat(events.of(ShipmentWithdrawn.class)).hasSize(2);
    }

    @Test
    void a_dispatched_shipment_is_not_withdrawn_and_each_request_is_answered() {
        String id = planned();
        book.book(id);
        withdraw.withdraw(ORDER);

        assertThat(status(id)).isEqualTo(Status.DISPATCHED);
        assertThat(events.of(ShipmentWithdrawn.class)).isEmpty();
        assertThat(events.of(ShipmentDispatched.class)).hasSize(2);
        assertThat(Set.copyOf(events.of(ShipmentDispatched.class))).hasSize(1);
    }

    @Test
    void a_task_for_a_withdrawn_shipment_requests_the_cancellation_of_its_booking() {
        String id = planned();
        withdraw.withdraw(ORDER);
        cancelAllBookings();
        carrier.book(id); // by a worker that was killed
        book.book(id);
        cancelAllBookings();

        assertThat(carrier.bookings()).isEmpty();
    }

    @Test
    void the_booking_of_a_dead_lettered_task_is_cancelled_by_the_withdrawal() {
        String id = planned();
        carrier.loseResponses();
        assertThatExceptionOfType(CarrierUnavailableException.class).isThrownBy(() -> book.book(id));
        assertThat(carrier.bookings()).containsExactly(id);

        withdraw.withdraw(ORDER);
        cancelAllBookings();

        assertThat(carrier.bookings()).isEmpty();
    }

    /** The first cancellation is handled before the carrier has booked, so a second one is needed. */
    @Test
    void a_booking_in_flight_during_the_withdrawal_is_cancelled() {
        String id = planned();
        carrier.duringBooking(() -> {
            withdraw.withdraw(ORDER);
            cancelAllBookings();
        });
        book.book(id);
        cancelAllBookings();

        assertThat(status(id)).isEqualTo(Status.WITHDRAWN);
        assertThat(events.of(ShipmentWithdrawn.class)).hasSize(1);
        assertThat(events.of(ShipmentDispatched.class)).isEmpty();
        assertThat(carrier.bookings()).isEmpty();
    }

    @Test
    void a_booking_in_flight_whose_response_is_lost_is_cancelled() {
        String id = planned();
        carrier.duringBooking(() -> {
            withdraw.withdraw(ORDER);
            cancelAllBookings();
        });
        carrier.loseResponses();
        book.book(id);
        cancelAllBookings();

        assertThat(carrier.bookings()).isEmpty();
    }

    @Test
    void the_cancellation_of_a_booking_is_idempotent() {
        String id = planned();
        withdraw.withdraw(ORDER);
        book.book(id);
        book.book(id);
        cancelAllBookings();
        cancelAllBookings();

        assertThat(carrier.bookings()).isEmpty();
        assertThat(events.of(BookingCancellationRequested.class))
                .hasSize(3)
                .extracting(BookingCancellationRequested::shipmentId)
                .containsOnly(id);
    }

    @Test
    void the_booking_of_a_dispatched_shipment_is_not_cancelled() {
        String id = planned();
        book.book(id);

        assertThatExceptionOfType(NotWithdrawnException.class).isThrownBy(() -> cancelBooking.cancel(id));
        assertThatExceptionOfType(UnknownShipmentException.class).isThrownBy(() -> cancelBooking.cancel("nowhere"));
        assertThat(carrier.bookings()).containsExactly(id);
    }

    /** Each event is handled twice: every order has one outcome, and both requests for cancellation are answered. */
    @Test
    void concurrent_confirmation_booking_and_cancellation_have_one_outcome() {
        List<Runnable> tasks = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            OrderId order = new OrderId("concurrent-" + i);
            List<Runnable> race = List.of(
                    () -> plan.plan(order, Priority.STANDARD), () -> bookAll(order), () -> withdraw.withdraw(order));
            tasks.addAll(race);
            tasks.addAll(race);
        }
        inParallel(tasks);
        IntStream.range(0, 50).forEach(i -> bookAll(new OrderId("concurrent-" + i)));
        cancelAllBookings();

        assertThat(view.list(null, null, 100)).hasSize(50).allSatisfy(shipment -> {
            String order = shipment.orderId().value();
            boolean dispatched = shipment.status() == Status.DISPATCHED;
            assertThat(shipment.status()).isNotEqualTo(Status.PLANNED);
            assertThat(events.of(ShipmentDispatched.class).stream()
                            .filter(event -> event.orderId().equals(order)))
                    .hasSize(dispatched ? 3 : 0);
            assertThat(events.of(ShipmentWithdrawn.class).stream()
                            .filter(event -> event.orderId().equals(order)))
                    .hasSize(dispatched ? 0 : 2);
            assertThat(carrier.bookings().contains(shipment.id())).isEqualTo(dispatched);
        });
    }

    private void bookAll(OrderId order) {
        events.of(ShipmentBookingRequested.class).stream()
                .filter(task -> task.orderId().equals(order.value()))
                .forEach(task -> book.book(task.shipmentId()));
    }
}

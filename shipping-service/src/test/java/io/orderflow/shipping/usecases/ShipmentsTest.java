package io.orderflow.shipping.usecases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.orderflow.events.BookingCancellationRequested;
import io.orderflow.events.OrderId;
import io.orderflow.events.ShipmentBookingRequested;
import io.orderflow.events.ShipmentDispatched;
import io.orderflow.events.ShipmentWithdrawn;
import io.orderflow.messaging.testkit.service.RecordedEvents;
import io.orderflow.shipping.OnPostgres;
import io.orderflow.shipping.TestCarrier;
import io.orderflow.shipping.domain.CarrierUnavailableException;
import io.orderflow.shipping.domain.Priority;
import io.orderflow.shipping.domain.Shipment;
import io.orderflow.shipping.domain.Shipment.Status;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.test.context.junit.jupiter.SpringJUnitConfig;

@SpringJUnitConfig(OnPostgres.class)
class ShipmentsTest {

    private static final OrderId ORDER = new OrderId("order-1");

    @Autowired
    PlanShipment plan;

    @Autowired
    WithdrawShipment withdraw;

    @Autowired
    BookCarrier book;

    @Autowired
    CancelBooking cancelBooking;

    @Autowired
    ViewShipments view;

    @Autowired
    TestCarrier carrier;

    @Autowired
    RecordedEvents events;

    @Autowired
    JdbcClient jdbc;

    @BeforeEach
    void startAfresh() {
        jdbc.sql("truncate shipment").update();
        events.all().clear();
        carrier.reset();
    }

    @Test
    void anOrderConfirmedTwiceIsPlannedOnce() {
        plan.plan(ORDER, Priority.EXPRESS);
        plan.plan(ORDER, Priority.EXPRESS);

        assertThat(events.of(ShipmentBookingRequested.class))
                .singleElement()
                .extracting(ShipmentBookingRequested::priority)
                .isEqualTo("express");
        assertThat(view.count("order-1")).isEqualTo(1);
    }

    @Test
    void aBookedShipmentIsDispatched() {
        String id = planned();
        book.book(id);

        Shipment shipment = view.find(id).orElseThrow();
        assertThat(shipment.status()).isEqualTo(Status.DISPATCHED);
        assertThat(shipment.booking()).isNotNull();
        assertThat(events.of(ShipmentDispatched.class)).hasSize(1);
    }

    @Test
    void aTaskThatComesTwiceDispatchesOnce() {
        String id = planned();
        book.book(id);
        book.book(id);

        assertThat(events.of(ShipmentDispatched.class)).hasSize(1);
    }

    @Test
    void twoWorkersAtTheSameTaskDispatchOnce() {
        String id = planned();
        CyclicBarrier bothAreBooking = new CyclicBarrier(2);
        carrier.whileBooking(() -> await(bothAreBooking));

        inParallel(Collections.nCopies(2, () -> book.book(id)));

        assertThat(events.of(ShipmentDispatched.class)).hasSize(1);
        assertThat(carrier.standing()).containsExactly(id);
    }

    /** The task to cancel is done before the carrier makes the booking, which then has to be cancelled once more. */
    @Test
    void aBookingThatWasInFlightWhenItsShipmentWasWithdrawnIsCancelled() {
        String id = planned();
        carrier.whileBooking(() -> {
            withdraw.withdraw(ORDER);
            cancelAllBookings();
        });
        book.book(id);
        cancelAllBookings();

        assertThat(status(id)).isEqualTo(Status.WITHDRAWN);
        assertThat(events.of(ShipmentWithdrawn.class)).hasSize(1);
        assertThat(events.of(ShipmentDispatched.class)).isEmpty();
        assertThat(carrier.standing()).isEmpty();
    }

    /** The same, and the carrier's answer is lost as well: the task must not end as a dead letter beside a booking. */
    @Test
    void aBookingInFlightWhoseAnswerIsLostIsCancelledToo() {
        String id = planned();
        carrier.whileBooking(() -> {
            withdraw.withdraw(ORDER);
            cancelAllBookings();
        });
        carrier.losingAnswers();
        book.book(id);
        cancelAllBookings();

        assertThat(carrier.standing()).isEmpty();
    }

    /** Its task is never handled again, and still the booking that it may have made is cancelled. */
    @Test
    void theBookingOfADeadLetteredTaskIsCancelledWhenItsShipmentIsWithdrawn() {
        String id = planned();
        carrier.losingAnswers();
        assertThatExceptionOfType(CarrierUnavailableException.class).isThrownBy(() -> book.book(id));
        assertThat(carrier.standing()).containsExactly(id);

        withdraw.withdraw(ORDER);
        cancelAllBookings();

        assertThat(carrier.standing()).isEmpty();
    }

    @Test
    void aTaskThatFindsItsShipmentWithdrawnRequestsTheCancellation() {
        String id = planned();
        withdraw.withdraw(ORDER);
        cancelAllBookings();
        carrier.book(id); // by a worker that died over it
        book.book(id);
        cancelAllBookings();

        assertThat(carrier.standing()).isEmpty();
    }

    @Test
    void aCancellationIsRequestedAndDoneAnyNumberOfTimes() {
        String id = planned();
        withdraw.withdraw(ORDER);
        book.book(id);
        book.book(id);
        cancelAllBookings();
        cancelAllBookings();

        assertThat(carrier.standing()).isEmpty();
        assertThat(events.of(BookingCancellationRequested.class))
                .hasSize(3)
                .extracting(BookingCancellationRequested::shipmentId)
                .containsOnly(id);
    }

    @Test
    void theBookingOfAShipmentThatIsNotWithdrawnIsNeverCancelled() {
        String id = planned();
        book.book(id);

        assertThatExceptionOfType(NotWithdrawnException.class).isThrownBy(() -> cancelBooking.cancel(id));
        assertThatExceptionOfType(UnknownShipmentException.class).isThrownBy(() -> cancelBooking.cancel("nowhere"));
        assertThat(carrier.standing()).containsExactly(id);
    }

    @Test
    void aDispatchedShipmentIsNotWithdrawnAndThatIsAnsweredEachTime() {
        String id = planned();
        book.book(id);
        withdraw.withdraw(ORDER);

        assertThat(status(id)).isEqualTo(Status.DISPATCHED);
        assertThat(events.of(ShipmentWithdrawn.class)).isEmpty();
        assertThat(events.of(ShipmentDispatched.class)).hasSize(2);
        assertThat(Set.copyOf(events.of(ShipmentDispatched.class))).hasSize(1);
    }

    @Test
    void aWithdrawalThatIsRequestedAgainIsAnsweredAgain() {
        String id = planned();
        withdraw.withdraw(ORDER);
        withdraw.withdraw(ORDER);

        assertThat(status(id)).isEqualTo(Status.WITHDRAWN);
        assertThat(events.of(ShipmentWithdrawn.class)).hasSize(2);
    }

    @Test
    void anOrderCancelledBeforeItWasConfirmedIsNotPlanned() {
        withdraw.withdraw(ORDER);
        withdraw.withdraw(ORDER);
        plan.plan(ORDER, Priority.STANDARD);

        assertThat(events.all()).hasSize(2).hasOnlyElementsOfType(ShipmentWithdrawn.class);
        assertThat(view.count("order-1")).isEqualTo(1);
    }

    @Test
    void aBookingThatFailedCanBeTriedAgain() {
        String id = planned();
        carrier.goAway();
        assertThatExceptionOfType(CarrierUnavailableException.class).isThrownBy(() -> book.book(id));
        carrier.reset();
        book.book(id);

        assertThat(status(id)).isEqualTo(Status.DISPATCHED);
    }

    @Test
    void aTaskForAnUnknownShipmentSaysSo() {
        assertThatExceptionOfType(UnknownShipmentException.class).isThrownBy(() -> book.book("nowhere"));
        assertThatExceptionOfType(UnknownShipmentException.class).isThrownBy(() -> book.book(null));
    }

    /** Confirmed, booked and cancelled at once, each twice: every order ends one way, and both cancellations are answered. */
    @Test
    void confirmationBookingAndCancellationAtOnceEndInExactlyOneWay() {
        List<Runnable> everything = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            OrderId order = new OrderId("raced-" + i);
            List<Runnable> race = List.of(
                    () -> plan.plan(order, Priority.STANDARD),
                    () -> bookAllTasksOf(order),
                    () -> withdraw.withdraw(order));
            everything.addAll(race);
            everything.addAll(race);
        }
        inParallel(everything);
        IntStream.range(0, 50).forEach(i -> bookAllTasksOf(new OrderId("raced-" + i)));
        cancelAllBookings();

        assertThat(view.list(null, 100, 0)).hasSize(50).allSatisfy(shipment -> {
            String order = shipment.orderId().value();
            boolean dispatched = shipment.status() == Status.DISPATCHED;
            assertThat(shipment.status()).isNotEqualTo(Status.PLANNED);
            assertThat(events.of(ShipmentDispatched.class).stream()
                            .filter(event -> event.orderId().equals(order)))
                    .hasSize(dispatched ? 3 : 0);
            assertThat(events.of(ShipmentWithdrawn.class).stream()
                            .filter(event -> event.orderId().equals(order)))
                    .hasSize(dispatched ? 0 : 2);
            assertThat(carrier.standing().contains(shipment.id())).isEqualTo(dispatched);
        });
    }

    private void bookAllTasksOf(OrderId order) {
        events.of(ShipmentBookingRequested.class).stream()
                .filter(task -> task.orderId().equals(order.value()))
                .forEach(task -> book.book(task.shipmentId()));
    }

    private void cancelAllBookings() {
        events.of(BookingCancellationRequested.class).forEach(task -> cancelBooking.cancel(task.shipmentId()));
    }

    private String planned() {
        plan.plan(ORDER, Priority.STANDARD);
        return events.of(ShipmentBookingRequested.class).get(0).shipmentId();
    }

    private Status status(String id) {
        return view.find(id).orElseThrow().status();
    }

    private static void await(CyclicBarrier barrier) {
        try {
            barrier.await(10, TimeUnit.SECONDS);
        } catch (Exception e) {
            throw new IllegalStateException("The other did not come.", e);
        }
    }

    private static void inParallel(List<Runnable> tasks) {
        CompletableFuture.allOf(tasks.stream()
                        .map(task -> CompletableFuture.runAsync(task, thread -> new Thread(thread).start()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }
}

package io.orderflow.shipping.usecases;

import io.orderflow.events.BookingCancellationRequested;
import io.orderflow.events.OrderId;
import io.orderflow.events.ShipmentBookingRequested;
import io.orderflow.messaging.testkit.service.RecordedEvents;
import io.orderflow.messaging.testkit.service.UseCaseTest;
import io.orderflow.shipping.TestAdapters;
import io.orderflow.shipping.TestCarrier;
import io.orderflow.shipping.domain.Priority;
import io.orderflow.shipping.domain.Shipment.Status;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The use cases, with the test carrier and recorded events. */
@UseCaseTest
@Import(TestAdapters.class)
abstract class ShipmentUseCases {

    static final OrderId ORDER = new OrderId("order-1");

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
    void reset() {
        jdbc.sql("truncate shipment").update();
        events.all().clear();
        carrier.reset();
    }

    void cancelAllBookings() {
        events.of(BookingCancellationRequested.class).forEach(task -> cancelBooking.cancel(task.shipmentId()));
    }

    String planned() {
        plan.plan(ORDER, Priority.STANDARD);
        return events.of(ShipmentBookingRequested.class).get(0).shipmentId();
    }

    Status status(String id) {
        return view.find(id).orElseThrow().status();
    }

    static void inParallel(List<Runnable> tasks) {
        CompletableFuture.allOf(tasks.stream()
                        .map(task -> CompletableFuture.runAsync(task, thread -> new Thread(thread).start()))
                        .toArray(CompletableFuture[]::new))
                .join();
    }
}

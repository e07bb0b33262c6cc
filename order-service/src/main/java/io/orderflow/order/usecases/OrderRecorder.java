package io.orderflow.order.usecases;

import io.orderflow.events.OrderContactProvided;
import io.orderflow.order.domain.Change;
import io.orderflow.order.domain.Order;
import io.orderflow.order.domain.OrderEvents;
import io.orderflow.order.domain.Orders;
import io.orderflow.order.domain.ShippingReminders;
import io.orderflow.order.domain.Timeline;
import io.orderflow.order.domain.TimelineEntry;
import io.orderflow.order.domain.TimelineEntry.Cause;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Stores a changed order, adds to its timeline, publishes its event and schedules its reminder, in the caller's transaction. */
@Component
class OrderRecorder {

    private final Orders orders;
    private final Timeline timeline;
    private final OrderEvents events;
    private final ShippingReminders reminders;
    private final InstantSource clock;

    OrderRecorder(
            Orders orders, Timeline timeline, OrderEvents events, ShippingReminders reminders, InstantSource clock) {
        this.orders = orders;
        this.timeline = timeline;
        this.events = events;
        this.reminders = reminders;
        this.clock = clock;
    }

    void recordNew(Change placed, OrderContactProvided contact) {
        orders.add(placed.order());
        events.publish(contact);
        publish(placed, null);
    }

    /** @param cause the event that caused the change; null for a client's request or a deadline */
    void record(Change change, @Nullable Cause cause) {
        if (change.event() != null) {
            orders.update(change.order());
        }
        publish(change, cause);
    }

    private void publish(Change change, @Nullable Cause cause) {
        Order order = change.order();
        Instant now = clock.instant();
        Instant at = now.isBefore(order.changedAt()) ? order.changedAt() : now; // this clock may be behind
        timeline.add(order.id(), new TimelineEntry(at, change.happened(), order.status(), cause));
        if (change.event() != null) {
            events.publish(change.event(), order.version());
            remind(order);
        }
    }

    /** Only a confirmed order waits for its shipment. */
    private void remind(Order order) {
        switch (order.status()) {
            case PENDING, REJECTED -> {} // it was never confirmed
            case CONFIRMED -> reminders.schedule(order);
            case CANCELLING, CANCELLED, SHIPPED -> reminders.cancel(order.id());
        }
    }
}

package io.orderflow.order.domain;

import java.util.UUID;

/** Reminds the customer of a confirmed order that is not shipped for some time. Both calls take effect if the current transaction commits. */
public interface ShippingReminders {

    /** Schedules the reminder of a confirmed order. */
    void schedule(Order order);

    /** Cancels the reminder, unless there is none or it is being published. */
    void cancel(UUID orderId);
}

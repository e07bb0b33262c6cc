package io.orderflow.order.web;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import io.orderflow.order.domain.OrderStatus;
import io.orderflow.order.domain.TimelineEntry;
import io.orderflow.order.domain.TimelineEntry.Cause;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The timeline of an order as JSON, the oldest entry first. */
record TimelineView(UUID orderId, List<Entry> items) {

    /** The event fields are missing if no event caused the entry. */
    @JsonInclude(Include.NON_NULL)
    record Entry(
            Instant at,
            String what,
            OrderStatus status,
            @Nullable String eventType,
            @Nullable String eventId) {

        static Entry of(TimelineEntry entry) {
            Cause cause = entry.cause();
            return new Entry(
                    entry.at(),
                    entry.what(),
                    entry.status(),
                    cause == null ? null : cause.eventType(),
                    cause == null ? null : cause.eventId());
        }
    }

    static TimelineView of(UUID orderId, List<TimelineEntry> entries) {
        return new TimelineView(orderId, entries.stream().map(Entry::of).toList());
    }
}

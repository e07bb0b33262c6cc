package io.orderflow.order.web;

import io.orderflow.order.domain.FeedPosition;
import io.orderflow.order.usecases.ReadEvents;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * What happened to orders, for clients that cannot receive messages. Each entry appears once, in an order that never changes, so a client
 * that stores the last cursor misses nothing.
 */
@RestController
class EventController {

    static final int MAX_LIMIT = 500;
    static final int MAX_WAIT_SECONDS = 30;

    private final ReadEvents events;
    private final EventWaiters waiters;

    EventController(ReadEvents events, EventWaiters waiters) {
        this.events = events;
        this.waiters = waiters;
    }

    /**
     * A part of the feed.
     *
     * @param next the cursor to go on with, also if there are no items
     */
    record Events(List<EventView> items, String next) {}

    @GetMapping("/events")
    DeferredResult<ResponseEntity<Events>> all(
            @RequestParam(required = false) @Nullable String since,
            @RequestParam(defaultValue = "100") @Min(1) @Max(MAX_LIMIT) int limit,
            @RequestParam(defaultValue = "0") @Min(0) @Max(MAX_WAIT_SECONDS) int wait) {
        FeedPosition position = FeedCursor.parse("since", since);
        DeferredResult<ResponseEntity<Events>> result =
                new DeferredResult<>(Duration.ofSeconds(wait + 1L).toMillis());
        waiters.await(Duration.ofSeconds(wait), isLast -> {
            List<EventView> items =
                    events.after(position, limit).stream().map(EventView::of).toList();
            if (isLast || !items.isEmpty()) {
                result.setResult(response(items, position));
            }
            return result.isSetOrExpired();
        });
        return result;
    }

    /** With the cursor as ETag, so that {@code If-None-Match} is answered with 304 if nothing has happened. */
    private static ResponseEntity<Events> response(List<EventView> items, FeedPosition position) {
        String next = items.isEmpty()
                ? FeedCursor.of(position)
                : items.get(items.size() - 1).cursor();
        return ResponseEntity.ok().eTag(next).body(new Events(items, next));
    }

    /** The events of an order as they happen, as server-sent events, until its state is final. */
    @GetMapping(path = "/orders/{id}/events", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    SseEmitter ofOrder(
            @PathVariable UUID id, @RequestHeader(name = "Last-Event-ID", required = false) @Nullable String last) {
        events.requireOrder(id);
        OrderEventStream stream = new OrderEventStream(id, FeedCursor.parse("Last-Event-ID", last), events);
        waiters.await(OrderEventStream.LONGEST, stream);
        return stream.emitter();
    }
}

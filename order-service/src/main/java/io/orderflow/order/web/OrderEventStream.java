package io.orderflow.order.web;

import io.orderflow.order.domain.FeedEntry;
import io.orderflow.order.domain.FeedPosition;
import io.orderflow.order.usecases.ReadEvents;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Sends the events of one order to one client. */
final class OrderEventStream implements EventWaiters.Waiter {

    /** Clients connect again after this, with the id of the last event. */
    static final Duration LONGEST = Duration.ofMinutes(5);

    private final SseEmitter emitter = new SseEmitter(LONGEST.plusSeconds(1).toMillis());
    private final UUID orderId;
    private final ReadEvents events;
    private FeedPosition position;
    private volatile boolean disconnected;

    OrderEventStream(UUID orderId, FeedPosition position, ReadEvents events) {
        this.orderId = orderId;
        this.position = position;
        this.events = events;
        emitter.onCompletion(() -> disconnected = true);
        emitter.onError(e -> disconnected = true);
    }

    SseEmitter emitter() {
        return emitter;
    }

    @Override
    public boolean isDone(boolean isLast) {
        try {
            for (FeedEntry entry : events.ofOrder(orderId, position)) {
                EventView view = EventView.of(entry);
                emitter.send(SseEmitter.event()
                        .id(view.cursor())
                        .name(view.status().name())
                        .data(view));
                position = entry.position();
                if (view.status().isFinal()) {
                    emitter.complete();
                    return true;
                }
            }
            if (isLast) {
                emitter.complete();
            }
            return isLast || disconnected;
        } catch (IOException | IllegalStateException e) {
            return true; // the client has disconnected
        }
    }
}

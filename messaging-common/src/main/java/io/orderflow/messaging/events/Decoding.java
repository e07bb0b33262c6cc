package io.orderflow.messaging.events;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.claimcheck.PayloadSource;
import io.orderflow.messaging.codec.JsonCodec;
import io.orderflow.messaging.codec.UndecodableException;
import io.orderflow.messaging.handling.AtomicBatch;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Innermost: decodes the payload into the class of its type, and calls the event handler. A payload that travels by reference is fetched
 * here, so that one that is not handled is not fetched.
 */
public final class Decoding implements MessageHandler {

    private record Typed<E>(JsonCodec<E> codec, EventHandler<E> handler) {

        static <E> Typed<E> of(HandledType<E> handled) {
            return new Typed<>(JsonCodec.of(handled.eventClass()), handled.handler());
        }

        void handle(byte[] bytes, EventContext context, @Nullable PendingBatch batch) throws Exception {
            E event = codec.decode(bytes);
            if (batch != null && handler instanceof BatchedHandler<E, ?> batched) {
                batch.add(batched, event, context);
            } else {
                handler.handle(event, context);
            }
        }

        boolean isBatchedWith(@Nullable Typed<?> next) {
            return next != null
                    && handler instanceof BatchedHandler<?, ?> own
                    && next.handler() instanceof BatchedHandler<?, ?> other
                    && own.batch() == other.batch();
        }
    }

    private final TypeResolution types;
    private final Map<String, Typed<?>> handlers = new HashMap<>();
    private final EventSubscription subscription;
    private final PayloadSource payloads;
    private @Nullable PendingBatch batch;

    public Decoding(EventSubscription subscription, PayloadSource payloads) {
        this.subscription = subscription;
        this.payloads = payloads;
        types = TypeResolution.of(subscription.types());
        subscription.handled().forEach((type, handled) -> handlers.put(type, Typed.of(handled)));
    }

    @Override
    public HandlerResult handle(Delivery<String, byte[]> delivery) throws Exception {
        Message<String, byte[]> message = delivery.message();
        String type = types.typeOf(message);
        Typed<?> handler = handlers.get(type);
        if (handler == null) {
            return HandlerResult.SKIPPED;
        }
        byte[] bytes = message.value();
        if (bytes == null && message.header(Headers.DATA_REF) != null) {
            bytes = payloads.fetch(message);
        }
        if (bytes == null) {
            throw new UndecodableException("The message has no payload; expected " + type + ".");
        }
        handler.handle(bytes, context(delivery, type), batch);
        return HandlerResult.HANDLED;
    }

    /**
     * Handles the messages of a poll through a chain that ends here, in one transaction. Consecutive events with one batch
     * handler are handled when the last of them arrives. For the thread of a member.
     */
    public AtomicBatch together(MessageHandler chain) {
        return deliveries -> {
            PendingBatch pending = new PendingBatch();
            batch = pending;
            try {
                List<HandlerResult> results = new ArrayList<>(deliveries.size());
                for (int i = 0; i < deliveries.size(); i++) {
                    pending.expect(isLast(deliveries, i));
                    results.add(chain.handle(deliveries.get(i)));
                }
                pending.requireHandled();
                return results;
            } finally {
                batch = null;
            }
        };
    }

    /** Whether the next message that is handled at all has another handler. */
    private boolean isLast(List<Delivery<String, byte[]>> deliveries, int index) {
        Typed<?> own = handlers.get(handledType(deliveries.get(index)));
        return own == null
                || deliveries.stream()
                        .skip(index + 1L)
                        .map(this::handledType)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .filter(next -> own.isBatchedWith(handlers.get(next)))
                        .isEmpty();
    }

    /** The type that a message is handled as; null if it is ignored or unknown. */
    public @Nullable String handledType(Delivery<String, byte[]> delivery) {
        try {
            String type = types.typeOf(delivery.message());
            return handlers.containsKey(type) ? type : null;
        } catch (UnknownEventTypeException e) {
            return null;
        }
    }

    /** The circuit breaker of a message: that of its type, and another one for payloads that are fetched from their sender. */
    public @Nullable String circuit(Delivery<String, byte[]> delivery) {
        String type = handledType(delivery);
        return type == null || delivery.message().header(Headers.DATA_REF) == null ? type : type + ", by reference";
    }

    private EventContext context(Delivery<String, byte[]> delivery, String type) {
        Message<String, byte[]> message = delivery.message();
        return new EventContext(
                MessageId.of(delivery).id(),
                type,
                message.key(),
                time(message.header(Headers.TIME), message.timestamp()),
                subscription.subscription().topic(),
                1 + failedAttempts(message.header(Headers.ATTEMPTS)),
                message.headers());
    }

    private static int failedAttempts(@Nullable String stated) {
        try {
            return stated == null ? 0 : Integer.parseInt(stated);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static Instant time(@Nullable String stated, Instant otherwise) {
        try {
            return stated == null ? otherwise : Instant.parse(stated);
        } catch (DateTimeParseException e) {
            return otherwise;
        }
    }
}

package io.orderflow.messaging.events;

import io.orderflow.messaging.BrokerLimits;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.SequenceNumber;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.claimcheck.ClaimCheck;
import io.orderflow.messaging.codec.JsonCodec;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;

/** Puts an event into its envelope, CloudEvents 1.0 in binary mode, as its {@link EventType} says. */
public final class EventWriter {

    /** For the id, the trace and the failure headers of a dead letter: an event that is published can be dead-lettered. */
    static final int RESERVED_HEADER_BYTES = 8 * 1024;

    /** A message and where it goes. */
    public record Addressed(String topic, Message<String, byte[]> message) {

        Addressed with(String header, String value) {
            return new Addressed(topic, message.withHeader(header, value));
        }
    }

    private record Written<E>(EventType<E> type, JsonCodec<E> codec) {

        static <E> Written<E> of(EventType<E> type) {
            return new Written<>(type, JsonCodec.of(type.eventClass()));
        }

        Addressed write(Object object, String source, Instant now) {
            E event = type.eventClass().cast(object);
            Map<String, String> headers = new LinkedHashMap<>();
            headers.put(Headers.SPEC_VERSION, "1.0");
            headers.put(Headers.TYPE, type.name());
            headers.put(Headers.SOURCE, source);
            headers.put(Headers.TIME, now.toString());
            headers.put(Headers.CONTENT_TYPE, "application/json");
            headers.put(Headers.ROUTING_KEY, type.routingKey().apply(event));
            if (type.timeToLive() != null) {
                headers.put(Headers.EXPIRES_AT, now.plus(type.timeToLive()).toString());
            }
            return new Addressed(
                    type.topicOf(event), new Message<>(type.key().apply(event), codec.encode(event), headers, now));
        }
    }

    private final Map<Class<?>, Written<?>> types = new HashMap<>();
    private final String source;
    private final Function<Topic, BrokerLimits> limits;
    private final ClaimCheck claimCheck;
    private final InstantSource clock;

    /**
     * @param source the CloudEvents source of this application, a URI reference such as {@code /order-service}
     * @param limits of a topic's broker; an event that exceeds them is refused before it is stored
     * @param claimCheck replaces large payloads by references
     */
    public EventWriter(
            Collection<EventType<?>> types,
            String source,
            Function<Topic, BrokerLimits> limits,
            ClaimCheck claimCheck,
            InstantSource clock) {
        this.source = source;
        this.limits = limits;
        this.claimCheck = claimCheck;
        this.clock = clock;
        for (EventType<?> type : types) {
            if (this.types.put(type.eventClass(), Written.of(type)) != null) {
                throw new IllegalArgumentException(
                        "Two event types are declared for " + type.eventClass().getName() + "; a class has one name.");
            }
        }
    }

    /** Writes an event with the headers of its envelope, but for its id. */
    public Addressed write(Object event, long number) {
        return write(event).with(Headers.SEQUENCE, SequenceNumber.text(number));
    }

    /** Writes an event with the headers of its envelope, but for its id. */
    public Addressed write(Object event) {
        return write(event, clock.instant());
    }

    /** The same for an event that is published later: its time is that one, unless it has passed. */
    public Addressed writeNotBefore(Instant time, Object event) {
        Instant now = clock.instant();
        return write(event, time.isAfter(now) ? time : now);
    }

    private Addressed write(Object event, Instant time) {
        Written<?> written = types.get(event.getClass());
        if (written == null) {
            throw new IllegalArgumentException("There is no EventType for "
                    + event.getClass().getName() + ", so it is not published; declare a bean of type EventType.");
        }
        Addressed addressed = written.write(event, source, time);
        Topic topic = Topic.named(addressed.topic());
        Message<String, byte[]> message = claimCheck.checkIn(topic.name(), addressed.message());
        limits.apply(topic).requireWithin(topic, message, RESERVED_HEADER_BYTES);
        return new Addressed(topic.name(), message);
    }
}

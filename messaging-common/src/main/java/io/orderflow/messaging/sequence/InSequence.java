package io.orderflow.messaging.sequence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Headers;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps account of the numbers of a subscription's events, and passes over outdated ones of those types whose handlers
 * want the latest state only. Every other event is handled whenever it comes: a gap says that one is missing, and holds
 * nobody up. Keeping order is not its business; partitions and ordered retries do that.
 */
public final class InSequence implements HandlerMiddleware {

    private static final Logger log = LoggerFactory.getLogger(InSequence.class);

    private final Subscription subscription;
    private final Set<String> latestOnly;
    private final Sequences sequences;
    private final Counter outdated;

    /** @param latestOnly the types whose handlers want the latest state only */
    public InSequence(Subscription subscription, Set<String> latestOnly, Sequences sequences, MeterRegistry registry) {
        this.subscription = subscription;
        this.latestOnly = Set.copyOf(latestOnly);
        this.sequences = sequences;
        this.outdated = Counter.builder("messaging.sequence.outdated")
                .description("Events that were passed over, because a later one of their key had been handled")
                .tag("topic", subscription.topic())
                .tag("group", subscription.group())
                .register(registry);
    }

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            Optional<Place> place = Place.of(delivery.message(), subscription);
            return place.isPresent() ? handle(delivery, place.get(), next) : next.handle(delivery);
        };
    }

    private HandlerResult handle(Delivery<String, byte[]> delivery, Place place, MessageHandler next) throws Exception {
        String type = delivery.message().header(Headers.TYPE);
        if (type == null || !latestOnly.contains(type)) {
            HandlerResult result = next.handle(delivery);
            sequences.handled(place);
            return result;
        }
        if (sequences.isOutdated(place)) {
            outdated.increment();
            log.info(
                    "{}: event {} of {} ({}) is passed over, a later one has been handled.",
                    subscription,
                    place.number(),
                    place.key(),
                    type);
            sequences.handled(place);
            return HandlerResult.SKIPPED;
        }
        HandlerResult result = next.handle(delivery);
        sequences.handledAsLatest(place);
        return result;
    }
}

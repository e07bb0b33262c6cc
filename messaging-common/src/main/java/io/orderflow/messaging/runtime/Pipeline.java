package io.orderflow.messaging.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.codec.UndecodableException;
import io.orderflow.messaging.events.Decoding;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnknownEventTypeException;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.UnitOfWork;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.HandlingMetrics;
import io.orderflow.messaging.policy.Observed;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.messaging.policy.Retrying;
import io.orderflow.messaging.policy.SetAside;
import io.orderflow.messaging.sequence.InSequence;
import io.orderflow.messaging.sequence.Sequences;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * What is around an event handler, outermost first:
 *
 * <pre>{@code Observed( Retrying( HandledOnce( InSequence( Decoding( handler )))))}</pre>
 *
 * <p>{@code InSequence} is there where a subscription asks for it. {@link UnitOfWork#HANDLERS_OWN} leaves out {@code
 * HandledOnce}. {@link UnitOfWork#POLL} puts one transaction around all handlers of a poll first, and comes back to the
 * list only if that fails.
 *
 * @param setAside where messages go that cannot be handled now, or not at all
 * @param handlingOnce the inbox; null where there is no database, and handling is at least once
 * @param sequences remembers the numbers of events; null where there is no database
 * @param ids names a message
 * @param registry for the metrics
 * @param clock for the times in headers of failed messages
 */
public record Pipeline(
        SetAside setAside,
        @Nullable HandlingOnce handlingOnce,
        @Nullable Sequences sequences,
        Function<Delivery<String, byte[]>, String> ids,
        MeterRegistry registry,
        InstantSource clock) {

    /** What all members of a subscription in this process share. */
    Circuits circuits(EventSubscription subscription) {
        return new Circuits(
                subscription.subscription(),
                new Decoding(subscription, ids)::handledType,
                clock,
                ThreadLocalRandom.current()::nextDouble);
    }

    /** What one member does. */
    PollHandler of(EventSubscription subscription, Circuits circuits, StopSignal stop) {
        HandlingMetrics metrics = new HandlingMetrics(registry, subscription.subscription());
        MessageHandler decoding = inSequence(subscription, new Decoding(subscription, ids));
        PollHandler messageByMessage = new MessageByMessage(
                HandlerMiddleware.chain(policies(subscription, circuits, metrics, stop), decoding), stop);
        return handlingOnce != null && subscription.unitOfWork() == UnitOfWork.POLL
                ? handlingOnce.poll(
                        subscription.subscription().group(), decoding, messageByMessage, ids, circuits, metrics)
                : messageByMessage;
    }

    private MessageHandler inSequence(EventSubscription subscription, MessageHandler next) {
        if (!subscription.sequencing().isOn()) {
            return next;
        }
        if (sequences == null) {
            throw new IllegalStateException("The subscription of " + subscription.subscription()
                    + " asks for sequences, and there is no database to remember them; give the application a"
                    + " DataSource, or leave out inSequence() and onLatest().");
        }
        return new InSequence(
                        subscription.subscription(), subscription.sequencing().latestOnly(), sequences, registry)
                .around(next);
    }

    private List<HandlerMiddleware> policies(
            EventSubscription subscription, Circuits circuits, HandlingMetrics metrics, StopSignal stop) {
        List<HandlerMiddleware> outermostFirst = new ArrayList<>();
        outermostFirst.add(new Observed(metrics));
        outermostFirst.add(new Retrying(
                subscription.subscription(),
                neverRepairable(subscription.retryPolicy()),
                circuits,
                setAside,
                ids,
                metrics,
                clock,
                stop,
                ThreadLocalRandom.current()::nextDouble));
        if (handlingOnce != null && subscription.unitOfWork() != UnitOfWork.HANDLERS_OWN) {
            outermostFirst.add(handlingOnce.message(subscription.subscription().group(), ids));
        }
        return outermostFirst;
    }

    private static RetryPolicy neverRepairable(RetryPolicy policy) {
        return policy.givingUpOn(UndecodableException.class).givingUpOn(UnknownEventTypeException.class);
    }
}

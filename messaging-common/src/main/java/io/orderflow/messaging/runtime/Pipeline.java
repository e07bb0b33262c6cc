package io.orderflow.messaging.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.codec.UndecodableException;
import io.orderflow.messaging.events.Decoding;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnknownEventTypeException;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.UnitOfWork;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.HandlingMetrics;
import io.orderflow.messaging.policy.IdReusedException;
import io.orderflow.messaging.policy.MessageRecoverer;
import io.orderflow.messaging.policy.Recovery;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.messaging.policy.Retrying;
import io.orderflow.messaging.quarantine.CrashLoopException;
import io.orderflow.messaging.sequence.InSequence;
import io.orderflow.messaging.sequence.Sequences;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is around an event handler, outermost first:
 *
 * <pre>{@code HandlingMetrics( Retrying( CrashLoopGuard( HandledOnce( InSequence( TimeLimit( Decoding( handler ))))))}</pre>
 *
 * <p>{@code InSequence} is there where a subscription asks for it. {@link UnitOfWork#SELF_MANAGED} leaves out {@code
 * HandledOnce}. {@link UnitOfWork#POLL} puts one transaction around all handlers of a poll first, and comes back to the
 * list only if that fails.
 *
 * @param recoverer where messages go that cannot be handled now, or not at all
 * @param books what the database remembers of messages
 * @param ids identifies a message
 * @param registry for the metrics
 * @param clock for the times in headers of failed messages
 */
public record Pipeline(
        MessageRecoverer recoverer,
        PersistentFeatures books,
        MessageIds ids,
        MeterRegistry registry,
        InstantSource clock) {

    private static final String MEMBER = "member";

    /** What all members of a subscription in this process share. */
    Circuits circuits(EventSubscription subscription) {
        return new Circuits(
                subscription.subscription(),
                new Decoding(subscription, ids)::handledType,
                clock,
                ThreadLocalRandom.current()::nextDouble);
    }

    /** What one member does. For one thread. */
    PollHandler of(EventSubscription subscription, Circuits circuits, TimeLimit limit, StopSignal stop) {
        return handler(subscription, recoverer, circuits, limit, stop);
    }

    private PollHandler handler(
            EventSubscription subscription,
            MessageRecoverer aside,
            Circuits circuits,
            TimeLimit limit,
            StopSignal stop) {
        HandlingMetrics metrics = new HandlingMetrics(registry, subscription.subscription());
        MessageHandler decoding = inSequence(subscription, limit.around(new Decoding(subscription, ids)));
        Quarantine quarantine = books.quarantine();
        CrashLoopGuard suspects = quarantine == null ? null : quarantine.of(subscription.subscription(), MEMBER, ids);
        MessageHandler one =
                HandlerMiddleware.chain(policies(subscription, aside, suspects, circuits, metrics, stop), decoding);
        PollHandler messageByMessage = new MessageByMessage(one, stop);
        PollHandler handler = messageByMessage;
        IdempotentHandling idempotentHandling = books.idempotentHandling();
        if (idempotentHandling != null && subscription.unitOfWork() == UnitOfWork.POLL) {
            PollHandler poll = idempotentHandling.poll(
                    subscription.subscription(), decoding, messageByMessage, ids, circuits, metrics);
            handler = suspects == null ? poll : suspects.inCompany(poll);
        }
        return suspects == null ? handler : suspects.around(handler, messageByMessage);
    }

    private MessageHandler inSequence(EventSubscription subscription, MessageHandler next) {
        if (!subscription.isSequenced()) {
            return next;
        }
        Sequences sequences = books.sequences();
        if (sequences == null) {
            throw new IllegalStateException("The subscription of " + subscription.subscription()
                    + " asks for sequences, and there is no database to remember them; give the application a"
                    + " DataSource, or leave out inSequence().");
        }
        return new InSequence(subscription.subscription(), sequences).around(next);
    }

    private List<HandlerMiddleware> policies(
            EventSubscription subscription,
            MessageRecoverer aside,
            @Nullable CrashLoopGuard suspects,
            Circuits circuits,
            HandlingMetrics metrics,
            StopSignal stop) {
        List<HandlerMiddleware> outermostFirst = new ArrayList<>();
        outermostFirst.add(metrics);
        outermostFirst.add(new Retrying(
                neverRepairable(subscription.retryPolicy()),
                circuits,
                new Recovery(subscription.subscription(), aside, ids, metrics, clock),
                stop));
        if (suspects != null) {
            outermostFirst.add(suspects);
        }
        IdempotentHandling idempotentHandling = books.idempotentHandling();
        if (idempotentHandling != null && subscription.unitOfWork() != UnitOfWork.SELF_MANAGED) {
            outermostFirst.add(idempotentHandling.message(subscription.subscription(), ids, stop));
        }
        return outermostFirst;
    }

    private static RetryPolicy neverRepairable(RetryPolicy policy) {
        return policy.notRetrying(UndecodableException.class)
                .notRetrying(UnknownEventTypeException.class)
                .notRetrying(IdReusedException.class)
                .notRetrying(CrashLoopException.class);
    }
}

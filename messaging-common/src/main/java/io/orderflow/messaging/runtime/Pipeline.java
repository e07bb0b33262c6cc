package io.orderflow.messaging.runtime;

import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.codec.UndecodableException;
import io.orderflow.messaging.events.Decoding;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.UnknownEventTypeException;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.RetryOrder;
import io.orderflow.messaging.handling.UnitOfWork;
import io.orderflow.messaging.ordering.BlockedKeyProcessor;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.HandlingMetrics;
import io.orderflow.messaging.policy.IdReusedException;
import io.orderflow.messaging.policy.MessageRecoverer;
import io.orderflow.messaging.policy.Observed;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.messaging.policy.Retrying;
import io.orderflow.messaging.quarantine.CrashLoopException;
import io.orderflow.messaging.sequence.InSequence;
import io.orderflow.messaging.sequence.Sequences;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/**
 * What is around an event handler, outermost first:
 *
 * <pre>{@code Observed( Retrying( CrashLoopGuard( HandledOnce( InSequence( TimeLimit( Decoding( handler ))))))}</pre>
 *
 * <p>{@code InSequence} is there where a subscription asks for it. {@link UnitOfWork#SELF_MANAGED} leaves out {@code
 * HandledOnce}. {@link UnitOfWork#POLL} puts one transaction around all handlers of a poll first, and comes back to the
 * list only if that fails. A subscription that keeps order over retries has {@link OrderedRetries} around all of it.
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
        if (!keepsOrder(subscription)) {
            return handler(subscription, MEMBER, recoverer, circuits, limit, stop, List.of());
        }
        OrderedRetries order = books.orderKeeping().of(subscription, recoverer, ids);
        return order.around(handler(subscription, MEMBER, order, circuits, limit, stop, List.of(order)));
    }

    /** What handles the parked messages of a subscription, also if it does not keep order (any more). Needs a database. */
    Loop parkedOf(EventSubscription subscription, Circuits circuits, TimeLimit limit, StopSignal stop) {
        EventSubscription oneByOne = subscription.unitOfWork() == UnitOfWork.POLL
                ? subscription.unitOfWork(UnitOfWork.MESSAGE)
                : subscription;
        BlockedKeyHandler first = new BlockedKeyHandler(
                subscription,
                circuits,
                deciding -> new HandlerThread(
                        limit.who(),
                        handler(oneByOne, "parked", deciding, circuits, limit, stop, List.of()),
                        limit,
                        BlockedKeyProcessor.LEASE,
                        stop));
        OrderKeeping keeping = Objects.requireNonNull(books.orderKeeping(), "there is no database to park messages in");
        return new BlockedKeyLoop(subscription, keeping, first, stop, clock);
    }

    /** Whether messages are parked behind one of their key that failed. */
    boolean keepsOrder(EventSubscription subscription) {
        if (subscription.retryOrder() == RetryOrder.KEPT && books.orderKeeping() == null) {
            throw new IllegalStateException("The subscription of " + subscription.subscription()
                    + " keeps the order of its keys, and there is no database for messages to wait in; give the"
                    + " application a DataSource, or choose RetryOrder.KEPT_UNTIL_GIVEN_UP: without a database a"
                    + " message that waits for its retry holds up all others.");
        }
        return subscription.retryOrder().isKept() && books.orderKeeping() != null;
    }

    private PollHandler handler(
            EventSubscription subscription,
            String role,
            MessageRecoverer aside,
            Circuits circuits,
            TimeLimit limit,
            StopSignal stop,
            List<HandlerMiddleware> outermost) {
        HandlingMetrics metrics = new HandlingMetrics(registry, subscription.subscription());
        MessageHandler decoding = inSequence(subscription, limit.around(new Decoding(subscription, ids)));
        Quarantine quarantine = books.quarantine();
        CrashLoopGuard suspects = quarantine == null ? null : quarantine.of(subscription.subscription(), role, ids);
        List<HandlerMiddleware> outermostFirst = new ArrayList<>(outermost);
        WaitingRoom room = aside.canKeep() ? null : new WaitingRoom(aside, stop);
        outermostFirst.addAll(policies(subscription, room == null ? aside : room, suspects, circuits, metrics, stop));
        MessageHandler one = HandlerMiddleware.chain(outermostFirst, decoding);
        PollHandler messageByMessage = room == null ? new MessageByMessage(one, stop) : room.around(one);
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
        if (!subscription.sequencing().isOn()) {
            return next;
        }
        if (subscription.unitOfWork() == UnitOfWork.SELF_MANAGED
                && !subscription.sequencing().latestOnly().isEmpty()) {
            throw new IllegalStateException("The subscription of " + subscription.subscription()
                    + " uses onLatest() with handlers that own their unit of work: without a transaction around a handler"
                    + " nothing keeps a later event of its key from being handled meanwhile. Choose UnitOfWork.MESSAGE or"
                    + " POLL, or add the handlers by on() and let them find out what is outdated.");
        }
        Sequences sequences = books.sequences();
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
            EventSubscription subscription,
            MessageRecoverer aside,
            @Nullable CrashLoopGuard suspects,
            Circuits circuits,
            HandlingMetrics metrics,
            StopSignal stop) {
        List<HandlerMiddleware> outermostFirst = new ArrayList<>();
        outermostFirst.add(new Observed(metrics));
        outermostFirst.add(new Retrying(
                subscription.subscription(),
                neverRepairable(subscription.retryPolicy()),
                circuits,
                aside,
                ids,
                metrics,
                clock,
                stop,
                ThreadLocalRandom.current()::nextDouble));
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
        return policy.givingUpOn(UndecodableException.class)
                .givingUpOn(UnknownEventTypeException.class)
                .givingUpOn(IdReusedException.class)
                .givingUpOn(CrashLoopException.class);
    }
}

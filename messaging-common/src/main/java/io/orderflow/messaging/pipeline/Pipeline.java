package io.orderflow.messaging.pipeline;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.orderflow.messaging.claimcheck.HttpPayloadSource;
import io.orderflow.messaging.claimcheck.PayloadSource;
import io.orderflow.messaging.events.Decoding;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.events.SuppressedPublishing;
import io.orderflow.messaging.events.UnitOfWork;
import io.orderflow.messaging.handling.AtomicBatch;
import io.orderflow.messaging.handling.BatchHandler;
import io.orderflow.messaging.handling.BatchMiddleware;
import io.orderflow.messaging.handling.CrashProtection;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.Idempotency;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.StopCheck;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.DropFailures;
import io.orderflow.messaging.policy.HandlingMetrics;
import io.orderflow.messaging.policy.MessageRecoverer;
import io.orderflow.messaging.policy.OperatorPauses;
import io.orderflow.messaging.policy.Recovery;
import io.orderflow.messaging.policy.Retrying;
import io.orderflow.messaging.tracing.MessageTracing;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The middlewares around the handlers of each subscription, outermost first: see {@link #layers}. {@link Layers#toString}
 * prints the list of a subscription.
 *
 * @param recoverer takes failed messages
 * @param features what the application adds
 * @param observed by metrics and spans
 * @param payloads gets payloads that travel by reference
 * @param clock for expired messages, and the times in headers of failed ones
 */
public record Pipeline(
        MessageRecoverer recoverer,
        PipelineFeatures features,
        Observability observed,
        PayloadSource payloads,
        InstantSource clock) {

    /** Without spans, and without senders of payloads. */
    public Pipeline(
            MessageRecoverer recoverer, PipelineFeatures features, MeterRegistry registry, InstantSource clock) {
        this(recoverer, features, new Observability(registry, null), new HttpPayloadSource(Map.of(), null), clock);
    }

    /** For metrics. */
    public MeterRegistry registry() {
        return observed.registry();
    }

    /** The circuit breakers that all members of a subscription share, and its pauses. */
    public Circuits circuits(EventSubscription subscription, OperatorPauses operators) {
        return new Circuits(
                subscription.subscription(),
                operators,
                new Decoding(subscription, payloads)::circuit,
                clock,
                ThreadLocalRandom.current()::nextDouble);
    }

    /**
     * The same for a replay: it has metrics of its own, because its group is new, and no protection from crash loops.
     *
     * @param failures takes what fails for good
     * @param publishing whether what handlers publish is published
     */
    public Pipeline forReplay(MessageRecoverer failures, boolean publishing) {
        List<BatchMiddleware> suppressed = publishing ? List.of() : List.of(new SuppressedPublishing());
        PipelineFeatures some = new PipelineFeatures(
                features.idempotency(),
                null,
                null,
                join(suppressed, features.batchMiddlewares()),
                features.handlerMiddlewares());
        Observability unobserved = new Observability(new SimpleMeterRegistry(), observed.tracing());
        return new Pipeline(failures, some, unobserved, payloads, clock);
    }

    /** The handler of one member, for one thread. */
    public BatchHandler of(EventSubscription subscription, Circuits circuits, TimeLimit limit, StopCheck stop) {
        return layers(subscription, circuits, limit, stop).chain();
    }

    /**
     * The list. {@link UnitOfWork#MESSAGE} and {@link UnitOfWork#SELF_MANAGED} handle a poll message by message; the inbox
     * only records what the latter has handled. A failed broadcast is dropped. {@link UnitOfWork#POLL} handles a poll in one {@link BatchTransaction} and, if that fails, message by
     * message.
     */
    Layers layers(EventSubscription subscription, Circuits circuits, TimeLimit limit, StopCheck stop) {
        Subscription reads = subscription.subscription();
        UnitOfWork unit = subscription.unitOfWork();
        HandlingMetrics metrics = new HandlingMetrics(registry(), reads);
        Recovery recovery = new Recovery(reads, recoverer, metrics, clock);
        MessageTracing tracing = observed.tracing();
        HandlerMiddleware spans = tracing == null ? null : tracing.processing(reads);
        HandlerMiddleware attempts = tracing == null ? null : tracing.attempts();
        CrashProtection crashes = crashProtection(reads);
        Idempotency inbox = features.idempotency();

        List<HandlerMiddleware> work =
                join(present(new Expiry(clock), sequences(subscription), limit), features.handlerMiddlewares());
        Decoding decoding = new Decoding(subscription, payloads);
        MessageHandler handler = HandlerMiddleware.chain(work, decoding);
        if (reads.broadcast()) {
            return new Layers(
                    subscription,
                    join(present(filtering(reads)), features.batchMiddlewares()),
                    present(spans, metrics, new DropFailures(reads, registry()), attempts),
                    work,
                    handler,
                    stop);
        }
        List<HandlerMiddleware> message = present(
                spans,
                metrics,
                new Retrying(subscription.retryPolicy(), circuits, recovery, stop),
                attempts,
                crashes == null ? null : crashes.message(),
                inbox == null
                        ? null
                        : unit == UnitOfWork.SELF_MANAGED ? inbox.recording(reads) : inbox.message(reads, stop));
        List<BatchMiddleware> poll = join(
                present(filtering(reads), crashes == null ? null : crashes.poll()),
                features.batchMiddlewares(),
                unit == UnitOfWork.POLL && inbox != null
                        ? List.of(new BatchTransaction(
                                together(
                                        crashes,
                                        inbox.batch(
                                                reads,
                                                decoding.together(HandlerMiddleware.chain(present(spans), handler)))),
                                circuits,
                                metrics))
                        : List.of());
        return new Layers(subscription, poll, message, work, handler, stop);
    }

    /** The printed list of a subscription. */
    public String describe(EventSubscription subscription) {
        TimeLimit limit = new TimeLimit("", subscription.retryPolicy().timeOut());
        return layers(subscription, circuits(subscription, new OperatorPauses()), limit, StopCheck.NEVER)
                .toString();
    }

    private @Nullable BatchMiddleware filtering(Subscription subscription) {
        return subscription.options().filter().isNone() ? null : Filtering.of(subscription, registry());
    }

    private @Nullable CrashProtection crashProtection(Subscription subscription) {
        return features.crashProtection() == null
                ? null
                : features.crashProtection().apply(subscription);
    }

    private static AtomicBatch together(@Nullable CrashProtection crashes, AtomicBatch batch) {
        return crashes == null ? batch : crashes.together(batch);
    }

    private @Nullable HandlerMiddleware sequences(EventSubscription subscription) {
        if (!subscription.isSequenced()) {
            return null;
        }
        if (!subscription.subscription().options().filter().isNone()) {
            throw new IllegalStateException("The subscription of " + subscription.subscription()
                    + " reports gaps (inSequence()) and has a filter, so that what is filtered would be reported. Leave out"
                    + " one of them.");
        }
        if (features.sequences() == null) {
            throw new IllegalStateException("The subscription of " + subscription.subscription()
                    + " reports gaps (inSequence()), which needs a database. Give the application a DataSource, or leave out"
                    + " inSequence().");
        }
        return features.sequences().apply(subscription.subscription());
    }

    @SafeVarargs
    private static <T> List<T> present(@Nullable T... middlewares) {
        return Stream.of(middlewares).filter(Objects::nonNull).toList();
    }

    @SafeVarargs
    private static <T> List<T> join(List<? extends T>... lists) {
        return Stream.of(lists).<T>flatMap(List::stream).toList();
    }
}

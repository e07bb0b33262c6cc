package io.orderflow.messaging.events;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.MessageFilter;
import io.orderflow.messaging.MessageFilter.Match;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.RetryPolicy;
import io.orderflow.messaging.policy.RetrySchedule;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Which events of a topic a consumer group handles, and how; to consume, declare a bean of this type. Immutable.
 *
 * <pre>{@code
 * EventSubscription.of("orders", "inventory")
 *         .on(OrderCreated.class, OrderCreated.TYPE, reservations::reserve)
 *         .unitOfWork(UnitOfWork.POLL)
 * }</pre>
 *
 * <p>A message of a type that is neither handled nor ignored is dead-lettered, so that it is not lost unnoticed. So is a message
 * without a type, unless {@link #takingUntyped()} is set.
 */
public final class EventSubscription {

    private record Declared(
            UnitOfWork unitOfWork,
            boolean sequenced,
            @Nullable Replay replay) {}

    private final Subscription subscription;
    private final HandledTypes types;
    private final RetryPolicy retryPolicy;
    private final Declared declared;

    private EventSubscription(
            Subscription subscription, HandledTypes types, RetryPolicy retryPolicy, Declared declared) {
        this.subscription = subscription;
        this.types = types;
        this.retryPolicy = retryPolicy;
        this.declared = declared;
    }

    private static EventSubscription of(Subscription subscription, UnitOfWork unitOfWork) {
        return new EventSubscription(
                subscription, HandledTypes.NONE, RetryPolicy.defaults(), new Declared(unitOfWork, false, null));
    }

    /** A group on a topic, with one member and the default policies, that handles nothing yet. */
    public static EventSubscription of(String topic, String group) {
        return of(new Subscription(topic, group, 1, ConsumerOptions.defaults()), UnitOfWork.MESSAGE);
    }

    /**
     * The broadcasts of a topic: this instance gets each event that is sent while it runs, once, and so does every other
     * instance. There is no inbox, no retry and no dead letter: an event whose handler throws is logged and dropped. The
     * topic has {@code messaging.topics.<name>.broadcast: true} in every application that uses it.
     */
    public static EventSubscription broadcasts(String topic) {
        return of(Subscription.broadcasts(topic), UnitOfWork.SELF_MANAGED);
    }

    /** Handles events of this type. */
    public <E> EventSubscription on(Class<E> eventClass, String type, EventHandler<E> handler) {
        return with(types.handling(type, new HandledType<>(eventClass, handler)));
    }

    /**
     * Handles consecutive events of a poll, of all types with this batch handler, in one transaction and one call, within the
     * time limit of one event. Without a database each event is a batch of its own.
     *
     * @param item makes an event into an item of the batch; if it throws, the event fails alone
     */
    public <E, T> EventSubscription onBatch(
            Class<E> eventClass, String type, BiFunction<E, EventContext, T> item, EventBatchHandler<T> handler) {
        return on(eventClass, type, new BatchedHandler<>(item, handler)).unitOfWork(UnitOfWork.POLL);
    }

    /**
     * Detects missing events by the numbers of {@link EventPublisher#publish(Object, long)}, and reports a gap that stays open. Does
     * not change the order in which events are handled, and delays none. Needs a database.
     */
    public EventSubscription inSequence() {
        return with(new Declared(declared.unitOfWork(), true, declared.replay()));
    }

    /** Allows replays of this subscription, by its own handlers. Others are refused. */
    public EventSubscription replayable() {
        return replayable(Replay.byItself());
    }

    /** Allows replays of this subscription. */
    public EventSubscription replayable(Replay how) {
        return with(new Declared(declared.unitOfWork(), declared.sequenced(), how.of(subscription)));
    }

    /** Ignores events of these types. */
    public EventSubscription ignoring(String... others) {
        return with(types.ignoring(Set.of(others)));
    }

    /**
     * Accepts messages without a type, from producers that do not use CloudEvents: their type is the one that their routing key
     * (or else their key) begins with, or the only one that is handled.
     */
    public EventSubscription takingUntyped() {
        return with(types.withUntyped());
    }

    /**
     * Handles only events whose routing key matches one of these patterns, as in AMQP: {@code order.created.*} (one word), {@code
     * order.#} (any number of words). Other events are not decoded, and need neither a handler nor {@link #ignoring}.
     */
    public EventSubscription matching(String... patterns) {
        return filtering(filter -> filter.matching(List.of(patterns)));
    }

    /** Handles only events that have all of these {@link io.orderflow.messaging.Headers}. Replaces an earlier condition. */
    public EventSubscription whereAll(Map<String, String> headers) {
        return filtering(filter -> filter.where(Match.ALL, headers));
    }

    /** Handles only events that have at least one of these headers. Replaces an earlier condition on headers. */
    public EventSubscription whereAny(Map<String, String> headers) {
        return filtering(filter -> filter.where(Match.ANY, headers));
    }

    private EventSubscription filtering(UnaryOperator<MessageFilter> change) {
        ConsumerOptions options = subscription.options();
        try {
            return reading(options.withFilter(change.apply(options.filter())));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "The filter of " + subscription + " is invalid: " + e.getMessage() + ".", e);
        }
    }

    /** How many attempts a message has altogether; {@value RetryPolicy#DEFAULT_MAX_ATTEMPTS} by default. */
    public EventSubscription maxAttempts(int number) {
        return retrying(retryPolicy.maxAttempts(number));
    }

    /** Delays between attempts, doubling from the first to the longest; 500 ms to 1 minute by default. */
    public EventSubscription pausing(Duration first, Duration longest) {
        return retrying(retryPolicy.pausing(first, longest));
    }

    /** These delays, and one attempt more than there are delays. A handler prolongs one by {@link RetryAfterException}. */
    public EventSubscription retryingAfter(List<Duration> delays) {
        return retrying(retryPolicy.scheduled(new RetrySchedule(delays)));
    }

    /** Dead-letters a message at once after an exception of this type. */
    public EventSubscription notRetrying(Class<? extends Throwable> type) {
        return retrying(retryPolicy.notRetrying(type));
    }

    /** Attributes exceptions of this type to their message alone, however many messages fail with them. */
    public EventSubscription neverAnOutage(Class<? extends Throwable> type) {
        return retrying(retryPolicy.neverAnOutage(type));
    }

    /** Replaces the whole policy by which a failed message is retried. */
    public EventSubscription retrying(RetryPolicy policy) {
        return new EventSubscription(subscription, types, policy, declared);
    }

    /** What is committed together. */
    public EventSubscription unitOfWork(UnitOfWork unit) {
        types.requireSupported(unit, subscription);
        return with(new Declared(unit, declared.sequenced(), declared.replay()));
    }

    /** How many members this instance contributes to the group. */
    public EventSubscription members(int number) {
        return with(subscription.withMembers(number));
    }

    /** At most this many messages a poll; {@value ConsumerOptions#DEFAULT_MAX_POLL_MESSAGES} by default. */
    public EventSubscription maxPollMessages(int number) {
        return reading(subscription.options().withMaxPollMessages(number));
    }

    /** Replaces all options by which each member reads. */
    public EventSubscription reading(ConsumerOptions options) {
        return with(subscription.withOptions(options));
    }

    private EventSubscription with(HandledTypes other) {
        return new EventSubscription(subscription, other, retryPolicy, declared);
    }

    private EventSubscription with(Declared other) {
        return new EventSubscription(subscription, types, retryPolicy, other);
    }

    private EventSubscription with(Subscription other) {
        return new EventSubscription(other, types, retryPolicy, declared);
    }

    public Subscription subscription() {
        return subscription;
    }

    public RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    public UnitOfWork unitOfWork() {
        return declared.unitOfWork();
    }

    /** How it is replayed; null if it may not be. */
    public @Nullable Replay replay() {
        return declared.replay();
    }

    /** The same as one member of another group, in which no gaps are reported. */
    public EventSubscription inGroup(String group) {
        return with(new Subscription(subscription.topic(), group, 1, subscription.options()))
                .with(new Declared(declared.unitOfWork(), false, null));
    }

    /** Whether gaps in the numbers of its events are reported. */
    public boolean isSequenced() {
        return declared.sequenced();
    }

    /** The types that are handled, each with its class and handler. */
    public Map<String, HandledType<?>> handled() {
        return Collections.unmodifiableMap(types.handled());
    }

    HandledTypes types() {
        return types;
    }

    @Override
    public String toString() {
        MessageFilter filter = subscription.options().filter();
        return subscription + (filter.isNone() ? "" : " (" + filter + ")") + ": "
                + String.join(", ", types.handled().keySet()) + "; " + retryPolicy;
    }
}

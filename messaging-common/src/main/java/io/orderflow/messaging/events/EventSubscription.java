package io.orderflow.messaging.events;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.handling.UnitOfWork;
import io.orderflow.messaging.policy.RetryPolicy;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * Which events of a topic a consumer group handles, and how; a bean of this type is all it takes to consume. Immutable.
 *
 * <pre>{@code
 * EventSubscription.of("orders", "inventory")
 *         .on(OrderCreated.class, OrderCreated.TYPE, reservations::reserve)
 *         .ignoring(OrderShipped.TYPE)
 *         .unitOfWork(UnitOfWork.POLL)
 * }</pre>
 *
 * <p>A type that is neither handled nor ignored is dead-lettered, because silence would lose it. A message that states
 * no type is dead-lettered too, unless {@link #takingUntyped()} says otherwise.
 */
public final class EventSubscription {

    /** An event type, the class it is read into and what is done with it. */
    record Handled<E>(Class<E> eventClass, EventHandler<E> handler) {}

    /** What becomes of a message by its type. */
    private record Types(Map<String, Handled<?>> handled, Set<String> ignored, boolean untyped) {}

    private final Subscription subscription;
    private final Types types;
    private final RetryPolicy retryPolicy;
    private final UnitOfWork unitOfWork;
    private final boolean sequenced;

    private EventSubscription(
            Subscription subscription, Types types, RetryPolicy retryPolicy, UnitOfWork unitOfWork, boolean sequenced) {
        this.subscription = subscription;
        this.types = types;
        this.retryPolicy = retryPolicy;
        this.unitOfWork = unitOfWork;
        this.sequenced = sequenced;
    }

    /** A group on a topic, with one member and the default policies, that handles nothing yet. */
    public static EventSubscription of(String topic, String group) {
        return new EventSubscription(
                new Subscription(topic, group, 1, ConsumerOptions.defaults()),
                new Types(Map.of(), Set.of(), false),
                RetryPolicy.defaults(),
                UnitOfWork.MESSAGE,
                false);
    }

    /** Handles events of this type. */
    public <E> EventSubscription on(Class<E> eventClass, String type, EventHandler<E> handler) {
        Map<String, Handled<?>> more = new LinkedHashMap<>(types.handled());
        if (more.put(type, new Handled<>(eventClass, handler)) != null) {
            throw new IllegalArgumentException(
                    "Two handlers for '" + type + "' in the subscription of " + subscription + ".");
        }
        return with(new Types(more, types.ignored(), types.untyped()));
    }

    /**
     * Notices by the numbers of {@link EventPublisher#publish(Object, long)} what is missing, and reports it when it has
     * been missing for some time. All events are handled all the same, whenever they come. Needs a database.
     */
    public EventSubscription inSequence() {
        return new EventSubscription(subscription, types, retryPolicy, unitOfWork, true);
    }

    /** Passes over events of these types. */
    public EventSubscription ignoring(String... others) {
        Set<String> more = new LinkedHashSet<>(types.ignored());
        more.addAll(Set.of(others));
        return with(new Types(types.handled(), more, types.untyped()));
    }

    /**
     * Takes messages that state no type as well, from producers that know nothing of CloudEvents: for the type that their
     * routing key (or else their key) begins with, and otherwise for the one type that is handled, if it is one.
     */
    public EventSubscription takingUntyped() {
        return with(new Types(types.handled(), types.ignored(), true));
    }

    /** How often and when a failure is tried again. */
    public EventSubscription retrying(RetryPolicy policy) {
        return new EventSubscription(subscription, types, policy, unitOfWork, sequenced);
    }

    /** What is committed together. */
    public EventSubscription unitOfWork(UnitOfWork unit) {
        return new EventSubscription(subscription, types, retryPolicy, unit, sequenced);
    }

    /** How many members this instance contributes to the group. */
    public EventSubscription members(int number) {
        return with(new Subscription(subscription.topic(), subscription.group(), number, subscription.options()));
    }

    /** How each member reads. */
    public EventSubscription reading(ConsumerOptions options) {
        return with(new Subscription(subscription.topic(), subscription.group(), subscription.members(), options));
    }

    private EventSubscription with(Types other) {
        return new EventSubscription(subscription, other, retryPolicy, unitOfWork, sequenced);
    }

    private EventSubscription with(Subscription other) {
        return new EventSubscription(other, types, retryPolicy, unitOfWork, sequenced);
    }

    public Subscription subscription() {
        return subscription;
    }

    public RetryPolicy retryPolicy() {
        return retryPolicy;
    }

    public UnitOfWork unitOfWork() {
        return unitOfWork;
    }

    /** Whether gaps in the numbers of its events are reported. */
    public boolean isSequenced() {
        return sequenced;
    }

    /** The types that are handled. */
    public Set<String> types() {
        return types.handled().keySet();
    }

    Map<String, Handled<?>> handled() {
        return types.handled();
    }

    /** Whether messages that state no type are taken. */
    boolean takesUntyped() {
        return types.untyped();
    }

    Set<String> ignored() {
        return types.ignored();
    }

    @Override
    public String toString() {
        return subscription + ": " + String.join(", ", types()) + "; " + retryPolicy;
    }
}

package io.orderflow.messaging.events;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.handling.RetryOrder;
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
 * no type, from a producer that knows nothing of us, is taken for the type its routing key (or else its key) begins
 * with, and otherwise for the one type that is handled, if it is one.
 */
public final class EventSubscription {

    /** An event type, the class it is read into and what is done with it. */
    record Handled<E>(Class<E> eventClass, EventHandler<E> handler) {}

    private final Subscription subscription;
    private final Map<String, Handled<?>> handled;
    private final Set<String> ignored;
    private final RetryPolicy retryPolicy;
    private final UnitOfWork unitOfWork;
    private final RetryOrder retryOrder;
    private final Sequencing sequencing;

    private EventSubscription(
            Subscription subscription,
            Map<String, Handled<?>> handled,
            Set<String> ignored,
            RetryPolicy retryPolicy,
            UnitOfWork unitOfWork,
            RetryOrder retryOrder,
            Sequencing sequencing) {
        this.subscription = subscription;
        this.handled = handled;
        this.ignored = ignored;
        this.retryPolicy = retryPolicy;
        this.unitOfWork = unitOfWork;
        this.retryOrder = retryOrder;
        this.sequencing = sequencing;
    }

    /** A group on a topic, with one member and the default policies, that handles nothing yet. */
    public static EventSubscription of(String topic, String group) {
        return new EventSubscription(
                new Subscription(topic, group, 1, ConsumerOptions.defaults()),
                Map.of(),
                Set.of(),
                RetryPolicy.defaults(),
                UnitOfWork.MESSAGE,
                RetryOrder.NOT_KEPT,
                Sequencing.NONE);
    }

    /** Handles events of this type. */
    public <E> EventSubscription on(Class<E> eventClass, String type, EventHandler<E> handler) {
        Map<String, Handled<?>> more = new LinkedHashMap<>(handled);
        if (more.put(type, new Handled<>(eventClass, handler)) != null) {
            throw new IllegalArgumentException(
                    "Two handlers for '" + type + "' in the subscription of " + subscription + ".");
        }
        return new EventSubscription(subscription, more, ignored, retryPolicy, unitOfWork, retryOrder, sequencing);
    }

    /**
     * Handles events of this type unless they are outdated: unless a later one of the same key was handled by one of this
     * subscription's handlers that were added by this method. For handlers that keep or tell a state, where the last word
     * counts; one whose every event has an effect of its own is added by {@link #on}. Includes {@link #inSequence()}.
     */
    public <E> EventSubscription onLatest(Class<E> eventClass, String type, EventHandler<E> handler) {
        return on(eventClass, type, handler).with(sequencing.withLatest(type));
    }

    /**
     * Notices by the numbers of {@link EventPublisher#publish(Object, long)} what is missing, and reports it when it has
     * been missing for some time. All events are handled all the same, whenever they come. Needs a database.
     */
    public EventSubscription inSequence() {
        return with(sequencing.on());
    }

    /** Passes over events of these types. */
    public EventSubscription ignoring(String... types) {
        Set<String> more = new LinkedHashSet<>(ignored);
        more.addAll(Set.of(types));
        return new EventSubscription(subscription, handled, more, retryPolicy, unitOfWork, retryOrder, sequencing);
    }

    /** How often and when a failure is tried again. */
    public EventSubscription retrying(RetryPolicy policy) {
        return new EventSubscription(subscription, handled, ignored, policy, unitOfWork, retryOrder, sequencing);
    }

    /** What is committed together. */
    public EventSubscription unitOfWork(UnitOfWork unit) {
        return new EventSubscription(subscription, handled, ignored, retryPolicy, unit, retryOrder, sequencing);
    }

    /** Messages of a key wait behind one that failed, even behind its dead letter: {@link RetryOrder#KEPT}. */
    public EventSubscription keepingOrder() {
        return retryOrder(RetryOrder.KEPT);
    }

    /** What becomes of the messages behind one that failed; all but {@link RetryOrder#NOT_KEPT} need a database. */
    public EventSubscription retryOrder(RetryOrder order) {
        return new EventSubscription(subscription, handled, ignored, retryPolicy, unitOfWork, order, sequencing);
    }

    /** How many members this instance contributes to the group. */
    public EventSubscription members(int number) {
        return with(new Subscription(subscription.topic(), subscription.group(), number, subscription.options()));
    }

    /** How each member reads. */
    public EventSubscription reading(ConsumerOptions options) {
        return with(new Subscription(subscription.topic(), subscription.group(), subscription.members(), options));
    }

    private EventSubscription with(Subscription other) {
        return new EventSubscription(other, handled, ignored, retryPolicy, unitOfWork, retryOrder, sequencing);
    }

    private EventSubscription with(Sequencing other) {
        return new EventSubscription(subscription, handled, ignored, retryPolicy, unitOfWork, retryOrder, other);
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

    public RetryOrder retryOrder() {
        return retryOrder;
    }

    public Sequencing sequencing() {
        return sequencing;
    }

    /** The types that are handled. */
    public Set<String> types() {
        return handled.keySet();
    }

    Map<String, Handled<?>> handled() {
        return handled;
    }

    Set<String> ignored() {
        return ignored;
    }

    @Override
    public String toString() {
        return subscription + ": " + String.join(", ", types()) + "; " + retryPolicy + retryOrder.sentence();
    }
}

package io.orderflow.messaging.events;

import io.orderflow.messaging.handling.Subscription;
import org.jspecify.annotations.Nullable;

/**
 * How a subscription is replayed: an operator may have old events of its topic handled again, in a group of the replay. What the
 * handlers publish meanwhile is dropped, unless this says otherwise. They must repeat no other effect outside their database.
 *
 * @param through whose handlers and unit of work get the events; null: those of the replayed subscription
 * @param publishes whether what the handlers publish is published, with new ids
 */
public record Replay(@Nullable EventSubscription through, boolean publishes) {

    /** By the handlers of the replayed subscription. */
    public static Replay byItself() {
        return new Replay(null, false);
    }

    /** By the handlers of another subscription to the same topic, which need not be read otherwise. */
    public static Replay through(EventSubscription other) {
        return new Replay(other, false);
    }

    /** The same, and what the handlers publish is published again. */
    public Replay publishing() {
        return new Replay(through, true);
    }

    /** This, if a subscription can be replayed so. */
    Replay of(Subscription subscription) {
        if (subscription.broadcast()) {
            throw new IllegalArgumentException(
                    "'" + subscription.topic() + "' has broadcasts, of which none is kept for a replay.");
        }
        if (through != null && !through.subscription().topic().equals(subscription.topic())) {
            throw new IllegalArgumentException("Replays of " + subscription + " cannot go through "
                    + through.subscription() + ", which reads another topic.");
        }
        return this;
    }
}

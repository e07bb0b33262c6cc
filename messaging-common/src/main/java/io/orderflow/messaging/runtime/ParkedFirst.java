package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.RetryOrder;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.ordering.DueKeys;
import io.orderflow.messaging.ordering.Identified;
import io.orderflow.messaging.ordering.Outcome;
import io.orderflow.messaging.policy.Circuits;
import io.orderflow.messaging.policy.SetAside;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Handles the first message of a held key with the policies of its subscription. What they set aside stays where it is, in
 * front of its key: so it is only remembered here what they decided. For one thread.
 */
final class ParkedFirst implements DueKeys.FirstHandler, SetAside {

    /**
     * How long a key is left alone while its message may not be tried. It is not waited for here: the lock on the key is a
     * transaction, and one that is open for long keeps the database from clearing up.
     */
    private static final Duration HELD_BACK = Duration.ofSeconds(1);

    private final Subscription subscription;
    private final RetryOrder order;
    private final SetAside withoutOrder;
    private final Circuits circuits;
    private final PollHandler handler;
    private Outcome outcome = new Outcome.Done();

    /** @param handler made of policies that set aside with this object */
    ParkedFirst(
            Subscription subscription,
            RetryOrder order,
            SetAside withoutOrder,
            Circuits circuits,
            Function<SetAside, PollHandler> handler) {
        this.subscription = subscription;
        this.order = order;
        this.withoutOrder = withoutOrder;
        this.circuits = circuits;
        this.handler = handler.apply(this);
    }

    @Override
    public Outcome handle(Identified first) throws Exception {
        if (circuits.isHeldBack(first.delivery())) {
            return new Outcome.NotNow(HELD_BACK);
        }
        outcome = new Outcome.Done();
        handler.handle(List.of(first.delivery()));
        if (outcome instanceof Outcome.WaitsForPeople) {
            KeptOrder.sayThatItWaits(subscription, first.id());
        }
        return outcome;
    }

    /** It is written down where the key's lock is, and if that fails it stays as it was. */
    @Override
    public boolean needsDatabase() {
        return false;
    }

    @Override
    public void later(String topic, Message<String, byte[]> message, Duration delay) {
        outcome = new Outcome.Again(message, delay);
    }

    @Override
    public void deadLetter(String topic, Message<String, byte[]> message) {
        withoutOrder.deadLetter(topic, message);
        if (order == RetryOrder.KEPT) {
            outcome = new Outcome.WaitsForPeople();
        }
    }
}

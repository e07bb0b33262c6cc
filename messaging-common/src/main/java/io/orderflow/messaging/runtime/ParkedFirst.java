package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Message;
import io.orderflow.messaging.handling.RetryOrder;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.ordering.DueKeys;
import io.orderflow.messaging.ordering.Identified;
import io.orderflow.messaging.ordering.Outcome;
import io.orderflow.messaging.policy.SetAside;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/**
 * Handles the first message of a held key with the policies of its subscription. What they set aside stays where it is, in
 * front of its key: so it is only remembered here what they decided. For one thread.
 */
final class ParkedFirst implements DueKeys.FirstHandler, SetAside {

    private final Subscription subscription;
    private final RetryOrder order;
    private final SetAside withoutOrder;
    private final PollHandler handler;
    private Outcome outcome = new Outcome.Done();

    /** @param handler made of policies that set aside with this object */
    ParkedFirst(
            Subscription subscription,
            RetryOrder order,
            SetAside withoutOrder,
            Function<SetAside, PollHandler> handler) {
        this.subscription = subscription;
        this.order = order;
        this.withoutOrder = withoutOrder;
        this.handler = handler.apply(this);
    }

    @Override
    public Outcome handle(Identified first) throws Exception {
        outcome = new Outcome.Done();
        handler.handle(List.of(first.delivery()));
        if (outcome instanceof Outcome.WaitsForPeople) {
            KeptOrder.sayThatItWaits(subscription, first.id());
        }
        return outcome;
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

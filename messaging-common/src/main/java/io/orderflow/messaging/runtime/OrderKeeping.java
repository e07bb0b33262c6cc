package io.orderflow.messaging.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.ordering.DueKeys;
import io.orderflow.messaging.ordering.HeldKeys;
import io.orderflow.messaging.ordering.StrandedKeys;
import io.orderflow.messaging.policy.SetAside;

/**
 * What keeps order over retries, where there is a database.
 *
 * @param held parks what belongs behind a key's failed message
 * @param due handles what is parked
 * @param stranded lets keys go that nobody can decide about
 * @param registry for the number of parked messages
 */
public record OrderKeeping(HeldKeys held, DueKeys due, StrandedKeys stranded, MeterRegistry registry) {

    KeptOrder of(EventSubscription subscription, SetAside withoutOrder, MessageIds ids) {
        Subscription read = subscription.subscription();
        return new KeptOrder(read, subscription.retryOrder(), held, withoutOrder, ids, parked(read));
    }

    private Counter parked(Subscription subscription) {
        return Counter.builder("messaging.parked")
                .description("Messages that were put behind a failed one of their key")
                .tags("topic", subscription.topic(), "group", subscription.group())
                .register(registry);
    }
}

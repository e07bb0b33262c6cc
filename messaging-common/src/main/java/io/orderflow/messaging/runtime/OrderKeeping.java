package io.orderflow.messaging.runtime;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.MeterRegistry;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.events.EventSubscription;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.ordering.BlockedKeyProcessor;
import io.orderflow.messaging.ordering.BlockedKeys;
import io.orderflow.messaging.ordering.StrandedKeys;
import io.orderflow.messaging.policy.MessageRecoverer;

/**
 * What keeps order over retries, where there is a database.
 *
 * @param held parks what belongs behind a key's failed message
 * @param due handles what is parked
 * @param stranded lets keys go that nobody can decide about
 * @param registry for the number of parked messages
 */
public record OrderKeeping(BlockedKeys held, BlockedKeyProcessor due, StrandedKeys stranded, MeterRegistry registry) {

    OrderedRetries of(EventSubscription subscription, MessageRecoverer withoutOrder, MessageIds ids) {
        Subscription read = subscription.subscription();
        return new OrderedRetries(read, subscription.retryOrder(), held, withoutOrder, ids, parked(read));
    }

    private Counter parked(Subscription subscription) {
        return Counter.builder("messaging.parked")
                .description("Messages that were put behind a failed one of their key")
                .tags("topic", subscription.topic(), "group", subscription.group())
                .register(registry);
    }
}

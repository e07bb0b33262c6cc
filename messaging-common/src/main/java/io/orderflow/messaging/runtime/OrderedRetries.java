package io.orderflow.messaging.runtime;

import io.micrometer.core.instrument.Counter;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.RetryOrder;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.ordering.BlockedKeys;
import io.orderflow.messaging.ordering.Identified;
import io.orderflow.messaging.policy.MessageRecoverer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the order of each key for one member of a group: a message that fails is parked with its key, and so are those of
 * its key that come after it. What is parked, a {@link BlockedKeyLoop} handles.
 *
 * <p>A poll begins with one query for its keys. That the answer stays true while the poll is handled rests on the broker,
 * which gives a key to one member at a time: a key becomes held by a message of its own, and that is in the same hands.
 */
final class OrderedRetries implements MessageRecoverer, HandlerMiddleware {

    private static final Logger log = LoggerFactory.getLogger(OrderedRetries.class);

    private final Subscription subscription;
    private final RetryOrder order;
    private final BlockedKeys keys;
    private final MessageRecoverer withoutOrder;
    private final MessageIds ids;
    private final Counter parked;
    private final Set<String> heldInThisPoll = new HashSet<>();

    OrderedRetries(
            Subscription subscription,
            RetryOrder order,
            BlockedKeys keys,
            MessageRecoverer withoutOrder,
            MessageIds ids,
            Counter parked) {
        this.subscription = subscription;
        this.order = order;
        this.keys = keys;
        this.withoutOrder = withoutOrder;
        this.ids = ids;
        this.parked = parked;
    }

    /** Parks what belongs behind a held key, and hands on the rest. */
    PollHandler around(PollHandler next) {
        return deliveries -> {
            heldInThisPoll.clear();
            List<Delivery<String, byte[]>> free = parkBehindHeld(deliveries);
            if (!free.isEmpty()) {
                next.handle(free);
            }
        };
    }

    /** The same for a message whose key was held since the poll began. */
    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> {
            String key = delivery.message().key();
            if (key == null || !heldInThisPoll.contains(key)) {
                return next.handle(delivery);
            }
            if (parkBehindHeld(List.of(delivery)).isEmpty()) {
                return HandlerResult.SKIPPED;
            }
            heldInThisPoll.remove(key);
            return next.handle(delivery);
        };
    }

    private List<Delivery<String, byte[]>> parkBehindHeld(List<Delivery<String, byte[]>> deliveries) {
        List<Identified> keyed = deliveries.stream()
                .filter(each -> each.message().key() != null)
                .map(each -> new Identified(ids.of(each), each))
                .toList();
        if (keyed.isEmpty()) {
            return deliveries;
        }
        List<Identified> free = keys.parkBehindHeld(subscription, keyed);
        if (free.size() == keyed.size()) {
            return deliveries;
        }
        parked.increment(keyed.size() - free.size());
        Set<String> freeKeys = new HashSet<>();
        free.forEach(each -> freeKeys.add(each.delivery().message().key()));
        List<Delivery<String, byte[]>> rest = new ArrayList<>(deliveries);
        rest.removeIf(each -> each.message().key() != null
                && !freeKeys.contains(each.message().key()));
        return rest;
    }

    @Override
    public void later(String topic, Message<String, byte[]> message, Duration delay) {
        if (message.key() == null) {
            withoutOrder.later(topic, message, delay);
        } else {
            if (keys.hold(subscription, retried(message), delay)) {
                heldInThisPoll.add(message.key());
            }
        }
    }

    @Override
    public void deadLetter(String topic, Message<String, byte[]> message) {
        if (message.key() == null || order != RetryOrder.KEPT) {
            withoutOrder.deadLetter(topic, message);
            return;
        }
        Identified deadLetter = retried(message);
        if (keys.holdBehindDeadLetter(subscription, deadLetter, topic)) {
            heldInThisPoll.add(message.key());
            sayThatItWaits(subscription, deadLetter.id());
        }
    }

    /** What it says of its attempts is believed, as of one that came over the topic of retries. */
    private Identified retried(Message<String, byte[]> message) {
        Delivery<String, byte[]> failed = new Delivery<>(subscription.retryTopic(), message, "");
        return new Identified(ids.of(failed), failed);
    }

    static void sayThatItWaits(Subscription subscription, MessageId id) {
        log.warn(
                "{}: the key of {} is held, and later messages of it wait; redrive its dead letter or discard it",
                subscription,
                id);
    }
}

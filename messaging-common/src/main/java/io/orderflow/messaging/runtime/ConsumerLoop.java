package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.PartitionsRevokedException;
import io.orderflow.messaging.Topic;
import io.orderflow.messaging.brokers.Brokers;
import io.orderflow.messaging.brokers.Route;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.Backoff;
import io.orderflow.messaging.supervision.LoopBody;
import io.orderflow.messaging.supervision.LoopControl;
import io.orderflow.messaging.supervision.Round;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One member of a group: each round polls, handles and commits. If any of these throws, the consumer is closed, what was not
 * committed returns to the group, and the next round opens another consumer. That is the negative acknowledgement.
 */
final class ConsumerLoop implements LoopBody {

    static final Duration POLL = Duration.ofMillis(500);
    static final Backoff REOPENING = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2);

    private static final Logger log = LoggerFactory.getLogger(ConsumerLoop.class);

    private final Brokers brokers;
    private final TopicCatalog catalog;
    private final Subscription subscription;
    private final HandlerThread handlers;
    private final BooleanSupplier paused;
    private @Nullable MessageConsumer<String, byte[]> consumer;

    /** @param paused whether it stays in its group without polling */
    ConsumerLoop(
            Brokers brokers,
            TopicCatalog catalog,
            Subscription subscription,
            HandlerThread handlers,
            BooleanSupplier paused) {
        this.brokers = brokers;
        this.catalog = catalog;
        this.subscription = subscription;
        this.handlers = handlers;
        this.paused = paused;
    }

    @Override
    public Round run(LoopControl loop) throws Exception {
        MessageConsumer<String, byte[]> member = opened();
        if (paused.getAsBoolean()) {
            member.keepAlive();
            return Round.idle(POLL);
        }
        List<Delivery<String, byte[]>> deliveries = member.poll(POLL);
        loop.progress();
        if (deliveries.isEmpty()) {
            return Round.idle(Duration.ZERO);
        }
        try {
            handlers.handle(deliveries, () -> keepAlive(member, loop), loop::progress);
        } catch (PartitionsRevokedException e) {
            log.info("{}: {}", subscription, e.getMessage());
            reset();
            return Round.after(REOPENING.first());
        }
        commit(member);
        return Round.next();
    }

    /** A member whose messages wait for an operator is not stalled. */
    private void keepAlive(MessageConsumer<String, byte[]> member, LoopControl loop) {
        member.keepAlive();
        if (paused.getAsBoolean()) {
            loop.progress();
        }
    }

    private MessageConsumer<String, byte[]> opened() {
        MessageConsumer<String, byte[]> open = consumer;
        if (open == null) {
            Topic topic = catalog.topic(subscription.topic());
            Route route = brokers.of(topic);
            open = subscription.broadcast()
                    ? route.broadcastConsumer(subscription.options())
                    : route.consumer(topic, subscription.group(), subscription.options());
            consumer = open;
            if (subscription.hasDeadLetters()) {
                route.broker().declare(catalog.topic(subscription.deadLetterTopic()), TopicCatalog.DEAD_LETTERS);
            }
            route.broker().declare(topic); // subscribe() declares the group at its start position
            open.subscribe(subscription.topics().stream().map(catalog::topic).toList());
        }
        return open;
    }

    private void commit(MessageConsumer<String, byte[]> member) {
        try {
            member.commit();
        } catch (PartitionsRevokedException e) {
            log.info("{}: {}", subscription, e.getMessage());
        }
    }

    @Override
    public void reset() {
        MessageConsumer<String, byte[]> open = consumer;
        consumer = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        try {
            reset();
        } finally {
            handlers.close();
        }
    }
}

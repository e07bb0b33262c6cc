package io.orderflow.messaging.runtime;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageBroker;
import io.orderflow.messaging.MessageConsumer;
import io.orderflow.messaging.PartitionsRevokedException;
import io.orderflow.messaging.handling.Subscription;
import io.orderflow.messaging.policy.Backoff;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one loop: poll, handle, commit. One member of a group, on a thread of its own.
 *
 * <p>Whatever is thrown, by the broker or by the handling, ends in the same place: the consumer is closed, what was not
 * committed goes back to the group, and after a back-off another one is opened. That is the negative acknowledgement,
 * and it is why the loop ends only when it is told to.
 */
final class ConsumerLoop implements Loop {

    private static final Logger log = LoggerFactory.getLogger(ConsumerLoop.class);

    static final Duration POLL = Duration.ofMillis(500);
    static final Backoff REOPENING = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(5), 0.2);

    private final MessageBroker broker;
    private final TopicCatalog catalog;
    private final Subscription subscription;
    private final HandlerThread handlers;
    private final StopSignal stop;
    private final InstantSource clock;
    private final FailureReporter trouble;

    private volatile @Nullable Instant lastSign;

    ConsumerLoop(
            MessageBroker broker,
            TopicCatalog catalog,
            Subscription subscription,
            HandlerThread handlers,
            StopSignal stop,
            Backoff backoff,
            InstantSource clock) {
        this.broker = broker;
        this.catalog = catalog;
        this.subscription = subscription;
        this.handlers = handlers;
        this.stop = stop;
        this.clock = clock;
        trouble = new FailureReporter(subscription, stop, backoff, clock);
    }

    @Override
    public void run() {
        while (!stop.isStopping()) {
            try (MessageConsumer<String, byte[]> consumer =
                    broker.consumer(subscription.group(), subscription.options())) {
                if (!subscription.readsDeadLetters()) {
                    broker.declare(catalog.topic(subscription.deadLetterTopic()), TopicCatalog.DEAD_LETTERS);
                }
                broker.declare(catalog.topic(subscription.topic())); // its group is declared where it is to begin
                consumer.subscribe(subscription.topics());
                pollUntilStopped(consumer);
            } catch (Throwable failure) {
                trouble.backOffAfter(failure);
            }
        }
        handlers.close();
    }

    private void pollUntilStopped(MessageConsumer<String, byte[]> consumer) throws Exception {
        while (!stop.isStopping()) {
            List<Delivery<String, byte[]>> deliveries = consumer.poll(POLL);
            showProgress();
            if (deliveries.isEmpty()) {
                trouble.quiet();
            } else {
                handlers.handle(deliveries, consumer::keepAlive, this::showProgress);
                commit(consumer);
                trouble.over();
            }
        }
    }

    private void commit(MessageConsumer<String, byte[]> consumer) {
        try {
            consumer.commit();
        } catch (PartitionsRevokedException e) {
            log.info("{}: {}", subscription, e.getMessage());
        }
    }

    private void showProgress() {
        lastSign = clock.instant();
    }

    @Override
    public @Nullable Instant lastSign() {
        return lastSign;
    }

    @Override
    public @Nullable String problem() {
        return trouble.problem();
    }
}

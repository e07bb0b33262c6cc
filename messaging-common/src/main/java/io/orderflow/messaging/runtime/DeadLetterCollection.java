package io.orderflow.messaging.runtime;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;
import java.util.List;

/**
 * Takes the dead letters of the application's subscriptions from the broker. Without a bean of this type they stay there.
 *
 * @param retention how long a broker that deletes by age keeps them
 */
public record DeadLetterCollection(Collector collector, Duration retention) {

    /** A poll is in memory at once, and dead letters may be as large as messages get. */
    private static final int MAX_POLL_MESSAGES = 20;

    /** Stores dead letters. */
    @FunctionalInterface
    public interface Collector {

        /**
         * Stores them. Once it returns, the broker may delete them; if it throws, they are delivered again.
         *
         * @param of the subscription whose dead letters they are
         * @param deadLetters as received from its dead-letter topic
         */
        void collect(Subscription of, List<Delivery<String, byte[]>> deadLetters);
    }

    /** Reads the dead letters of a subscription. */
    public Reader reader(Subscription of) {
        ConsumerOptions few = ConsumerOptions.defaults().withMaxPollMessages(MAX_POLL_MESSAGES);
        return new Reader(
                new Subscription(of.deadLetterTopic(), TopicCatalog.DEAD_LETTERS, 1, few),
                deliveries -> collector.collect(of, deliveries));
    }
}

package io.orderflow.messaging.runtime;

import io.orderflow.messaging.ConsumerOptions;
import io.orderflow.messaging.deadletters.DeadLetterCollector;
import io.orderflow.messaging.handling.Subscription;

/**
 * What is read by the same loop as any subscription, but without its policies.
 *
 * @param subscription who reads what
 * @param handler does all there is to do about a poll; if it throws, the poll comes again
 */
public record Reader(Subscription subscription, PollHandler handler) {

    /** Dead letters may be as large as messages get, and a poll of them is in memory at once. */
    private static final int DEAD_LETTERS_A_POLL = 20;

    /** Takes a subscription's dead letters from the broker into the database. */
    public static Reader ofDeadLetters(Subscription of, DeadLetterCollector collector) {
        ConsumerOptions few = ConsumerOptions.defaults().withMaxPollMessages(DEAD_LETTERS_A_POLL);
        return new Reader(
                new Subscription(of.deadLetterTopic(), TopicCatalog.DEAD_LETTERS, 1, few),
                deliveries -> collector.collect(of, deliveries));
    }
}

package io.orderflow.messaging.policy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.Message;
import io.orderflow.messaging.MessageId;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delays and dead-letters the failed messages of a subscription, with headers, metrics and log lines.
 *
 * @param subscription whose handler failed
 * @param recoverer takes the messages
 * @param metrics counts retries and dead letters
 * @param clock for the times in headers
 */
public record Recovery(
        Subscription subscription, MessageRecoverer recoverer, HandlingMetrics metrics, InstantSource clock) {

    private static final Logger log = LoggerFactory.getLogger(Recovery.class);

    Attempts attempts(Delivery<String, byte[]> delivery, int maxAttempts) {
        return Attempts.of(delivery, subscription, maxAttempts);
    }

    FailedAttempt failed(Delivery<String, byte[]> delivery, Attempts before, int inPlace, Throwable failure) {
        String key = Objects.requireNonNullElseGet(
                delivery.message().key(), () -> MessageId.of(delivery).toString());
        return new FailedAttempt(failure, key, before.oneMore(clock.instant()), inPlace, clock.instant());
    }

    /**
     * Sends the message to the retry topic at once and without counting the attempt, so that the next message is tried: this may
     * yet be the only one that fails.
     *
     * @return false if the message must wait where it is: while the database is unavailable there is no other place
     */
    boolean awaitRecovery(Delivery<String, byte[]> delivery, FailedAttempt failed) {
        return !TransientFailures.isOfDatabase(failed.failure())
                && recoverer.later(
                        subscription.retryTopic(),
                        retry(delivery, failed.attempts().uncounted()),
                        Duration.ZERO);
    }

    /** @return false if nothing can be delayed: then the caller waits and retries in place */
    boolean retryLater(Delivery<String, byte[]> delivery, FailedAttempt failed, Duration delay, int maxAttempts) {
        metrics.retried();
        log.info(
                "{}: attempt {} of {} failed for {}, next in {} ms: {}",
                subscription,
                failed.attempts().failed(),
                maxAttempts,
                FailedMessage.name(delivery),
                delay.toMillis(),
                FailedMessage.describe(failed.failure()));
        return recoverer.later(subscription.retryTopic(), retry(delivery, failed.attempts()), delay);
    }

    /**
     * Postponing is no failure: the message has the attempts from before.
     *
     * @return false if nothing can be delayed: then the caller waits and tries again in place
     */
    boolean postpone(Delivery<String, byte[]> delivery, Attempts before, Duration delay) {
        log.debug("{}: {} is postponed for {} ms", subscription, FailedMessage.name(delivery), delay.toMillis());
        return recoverer.later(subscription.retryTopic(), retry(delivery, before), delay);
    }

    private Message<String, byte[]> retry(Delivery<String, byte[]> delivery, Attempts attempts) {
        return FailedMessage.retry(delivery, MessageId.of(delivery).id(), attempts, subscription);
    }

    void deadLetter(Delivery<String, byte[]> delivery, FailedAttempt failed, String reason) {
        recoverer.deadLetter(
                subscription.deadLetterTopic(),
                FailedMessage.deadLetter(delivery, MessageId.of(delivery).id(), failed, subscription, reason));
        metrics.deadLettered(failed.failure());
        log.warn(
                "{}: {} {} after {} attempt(s), because {}: {}",
                subscription,
                FailedMessage.name(delivery),
                recoverer.outcome(subscription.deadLetterTopic()),
                failed.attempts().failed(),
                reason,
                FailedMessage.describe(failed.failure()));
        log.debug("The failure of {}", FailedMessage.name(delivery), failed.failure());
    }
}

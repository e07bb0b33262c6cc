package io.orderflow.messaging.policy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.MessageIds;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Subscription;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.DoubleSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Carries out what a {@link RetryPolicy} decides about a failure. Returns when the message is handled, set aside for
 * later, or dead-lettered; throws when it is none of these, and then the message stays with the broker.
 */
public final class Retrying implements HandlerMiddleware {

    private static final Logger log = LoggerFactory.getLogger(Retrying.class);

    private final Subscription subscription;
    private final RetryPolicy policy;
    private final Circuits circuits;
    private final MessageRecoverer recoverer;
    private final MessageIds ids;
    private final HandlingMetrics metrics;
    private final InstantSource clock;
    private final Sleeper sleeper;
    private final DoubleSupplier random;

    /**
     * @param circuits of the subscription, shared by its members
     * @param ids identifies a message, so that one that came without an id is the same on its way
     */
    public Retrying(
            Subscription subscription,
            RetryPolicy policy,
            Circuits circuits,
            MessageRecoverer recoverer,
            MessageIds ids,
            HandlingMetrics metrics,
            InstantSource clock,
            Sleeper sleeper,
            DoubleSupplier random) {
        this.subscription = subscription;
        this.policy = policy;
        this.circuits = circuits;
        this.recoverer = recoverer;
        this.ids = ids;
        this.metrics = metrics;
        this.clock = clock;
        this.sleeper = sleeper;
        this.random = random;
    }

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> handle(delivery, next);
    }

    private HandlerResult handle(Delivery<String, byte[]> delivery, MessageHandler next) throws Exception {
        Circuit circuit = circuits.of(delivery);
        Attempts attempts = Attempts.of(delivery, subscription, policy.maxAttempts());
        int transientFailures = 0;
        while (true) {
            circuit.admit(sleeper);
            try {
                HandlerResult result = next.handle(FailedMessage.marked(delivery, attempts));
                if (result == HandlerResult.HANDLED) {
                    circuit.succeeded();
                } else {
                    circuit.left();
                }
                metrics.handled(1);
                return result;
            } catch (InterruptedException e) {
                circuit.left();
                throw e;
            } catch (Throwable failure) {
                Attempts more = attempts.oneMore(clock.instant());
                Verdict verdict = verdict(circuit, delivery, more, failure, ++transientFailures);
                if (verdict instanceof Verdict.RetryHere here) {
                    sleeper.sleep(here.pause());
                } else if (verdict instanceof Verdict.Hold) {
                    if (!TransientFailures.isOfDatabase(failure) && hold(delivery, attempts)) {
                        return HandlerResult.SKIPPED;
                    }
                } else if (verdict instanceof Verdict.RetryLater later) {
                    if (retryLater(delivery, more, later.delay(), failure)) {
                        return HandlerResult.SKIPPED;
                    }
                    attempts = more;
                    sleeper.sleep(later.delay());
                } else if (verdict instanceof Verdict.GiveUp giveUp) {
                    deadLetter(delivery, more, giveUp.reason(), failure);
                    return HandlerResult.SKIPPED;
                }
            }
        }
    }

    private Verdict verdict(
            Circuit circuit,
            Delivery<String, byte[]> delivery,
            Attempts more,
            Throwable failure,
            int transientFailures) {
        if (policy.isMomentary(failure, transientFailures)) {
            circuit.left();
            return policy.inAMoment(transientFailures, random);
        }
        if (policy.isOfMessageAlone(failure) && !TransientFailures.isOfDatabase(failure)) {
            circuit.left();
            return policy.verdict(failure, more.failed(), random);
        }
        String key = delivery.message().key() == null
                ? ids.of(delivery).toString()
                : delivery.message().key();
        return circuit.failed(key, failure, more.firstFailure())
                ? new Verdict.Hold()
                : policy.verdict(failure, more.failed(), random);
    }

    /**
     * Out of the way, so that the next one is tried: it may yet be this one alone that fails. The circuit says when. Only
     * while the database is away there is no other place than here.
     */
    private boolean hold(Delivery<String, byte[]> delivery, Attempts attempts) {
        return recoverer.later(
                subscription.retryTopic(),
                FailedMessage.retry(delivery, ids.of(delivery).id(), attempts.noneMore(clock.instant()), subscription),
                Duration.ZERO);
    }

    private boolean retryLater(
            Delivery<String, byte[]> delivery, Attempts attempts, Duration delay, Throwable failure) {
        metrics.retried();
        log.info(
                "{}: attempt {} of {} failed for {}, next in {} ms: {}",
                subscription,
                attempts.failed(),
                policy.maxAttempts(),
                FailedMessage.name(delivery),
                delay.toMillis(),
                FailedMessage.describe(failure));
        return recoverer.later(
                subscription.retryTopic(),
                FailedMessage.retry(delivery, ids.of(delivery).id(), attempts, subscription),
                delay);
    }

    private void deadLetter(Delivery<String, byte[]> delivery, Attempts attempts, String reason, Throwable failure) {
        recoverer.deadLetter(
                subscription.deadLetterTopic(),
                FailedMessage.deadLetter(
                        delivery, ids.of(delivery).id(), attempts, subscription, reason, failure, clock.instant()));
        metrics.deadLettered();
        log.warn(
                "{}: {} is dead-lettered to {} after {} attempt(s), because {}: {}",
                subscription,
                FailedMessage.name(delivery),
                subscription.deadLetterTopic(),
                attempts.failed(),
                reason,
                FailedMessage.describe(failure));
        log.debug("The failure of {}", FailedMessage.name(delivery), failure);
    }
}

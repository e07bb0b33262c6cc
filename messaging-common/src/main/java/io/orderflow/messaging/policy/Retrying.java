package io.orderflow.messaging.policy;

import io.orderflow.messaging.Delivery;
import io.orderflow.messaging.handling.HandlerMiddleware;
import io.orderflow.messaging.handling.HandlerResult;
import io.orderflow.messaging.handling.MessageHandler;
import io.orderflow.messaging.handling.Sleeper;

/**
 * Carries out what {@link RetryPolicy} decides about a failure. Returns when the message is handled, delayed for a retry or
 * dead-lettered; throws if it is none of these, and then the message stays with the broker.
 *
 * @param policy decides
 * @param circuits of the subscription, shared by its members
 * @param recovery delays and dead-letters
 * @param sleeper for retries in place
 */
public record Retrying(RetryPolicy policy, Circuits circuits, Recovery recovery, Sleeper sleeper)
        implements HandlerMiddleware {

    @Override
    public MessageHandler around(MessageHandler next) {
        return delivery -> handle(delivery, next);
    }

    private HandlerResult handle(Delivery<String, byte[]> delivery, MessageHandler next) throws Exception {
        Circuit circuit = circuits.of(delivery);
        Attempts attempts = recovery.attempts(delivery, policy.maxAttempts());
        int inPlace = 0;
        while (true) {
            circuits.awaitResume(sleeper);
            circuit.admit(sleeper);
            try {
                HandlerResult result = next.handle(FailedMessage.marked(delivery, attempts));
                if (result == HandlerResult.HANDLED) {
                    circuit.succeeded();
                } else {
                    circuit.skipped();
                }
                return result;
            } catch (InterruptedException e) {
                circuit.returned();
                throw e;
            } catch (Throwable failure) {
                FailedAttempt failed = recovery.failed(delivery, attempts, ++inPlace, failure);
                FailureDecision decision = circuit.failed(failed, policy);
                if (decision instanceof FailureDecision.RetryInPlace retry) {
                    sleeper.sleep(retry.pause());
                } else if (decision instanceof FailureDecision.AwaitRecovery) {
                    if (recovery.awaitRecovery(delivery, failed)) {
                        return HandlerResult.RECOVERED;
                    }
                } else if (decision instanceof FailureDecision.Postpone postponed) {
                    if (recovery.postpone(delivery, attempts, postponed.delay())) {
                        return HandlerResult.RECOVERED;
                    }
                    sleeper.sleep(postponed.delay());
                } else if (decision instanceof FailureDecision.RetryLater retry) {
                    if (recovery.retryLater(delivery, failed, retry.delay(), policy.maxAttempts())) {
                        return HandlerResult.RECOVERED;
                    }
                    attempts = failed.attempts();
                    sleeper.sleep(retry.delay());
                } else if (decision instanceof FailureDecision.DeadLetter deadLetter) {
                    recovery.deadLetter(delivery, failed, deadLetter.reason());
                    return HandlerResult.RECOVERED;
                }
            }
        }
    }
}
